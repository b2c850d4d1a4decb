package org.motleysim.hardware.price;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.motleysim.hardware.device.DeviceKind;
import org.motleysim.hardware.device.DeviceSpec;

class OwnershipTest {
    private static DeviceSpec device(String name) {
        return DeviceSpec.builder(name, DeviceKind.GPU).build();
    }

    /** The textbook's annuity: 1,000 at 8% over 4 years is 301.92 a year. */
    @Test
    void perYear_annuity_isTheTextbooks() {
        assertEquals(301.92, Financing.annuity(0.08, 4).perYear(1_000), 0.005);
        assertEquals(250, Financing.annuity(0, 4).perYear(1_000), 1e-12);
        assertEquals(1_360.49 / 4, new Financing(0.08, 4, Financing.Loan.BULLET).perYear(1_000), 0.005);
    }

    /** The payments of an annuity, discounted, are the price. */
    @Test
    void perYear_annuity_paysThePrice() {
        Financing loan = Financing.annuity(0.053, 7);
        double present = 0;
        for (int year = 1; year <= 7; year++) {
            present += loan.perYear(25_000) / Math.pow(1.053, year);
        }

        assertEquals(25_000, present, 1e-6);
    }

    /**
     * Table 5 of paper 10 (Agentic AI on heterogeneous systems): price, TDP of the datasheet, and its operating cost an hour, at 8% over
     * 4 years and 0.40 USD/kWh. Its cost is interest and electricity, without the principal; compound interest explains it to 11%.
     */
    @Test
    void operatingCost_paper10_isInterestAndElectricity() {
        Financing loan = new Financing(0.08, 4, Financing.Loan.BULLET);
        PriceModel electricity = PriceModel.electricity(0.40);
        String[] names = {"a40", "a100", "gaudi3", "mi300x", "h100", "b200"};
        double[] price = {3_000, 8_000, 12_500, 20_000, 25_000, 40_000};
        double[] tdp = {300, 400, 900, 750, 700, 1_000};
        double[] reported = {0.15, 0.25, 0.49, 0.52, 0.60, 0.83};
        double ofH100 = 0;
        double[] ours = new double[names.length];
        for (int i = 0; i < names.length; i++) {
            double hourly = electricity.tariff(device(names[i])).usd(3_600, 3_600 * tdp[i])
                    + loan.interestPerYear(price[i]) / Financing.HOURS_PER_YEAR;
            ours[i] = hourly;
            ofH100 = i == 4 ? hourly : ofH100;
            assertEquals(1, hourly / reported[i], 0.11, names[i] + ": " + hourly);
        }
        for (int i = 0; i < names.length; i++) {
            assertEquals(1, (ours[i] / ofH100) / (reported[i] / reported[4]), 0.13, names[i]);
        }
    }

    @Test
    void owned_aYear_costsAnnuityAndOperation() {
        PriceModel owned = new OwnedPrice(Map.of("h100", 25_000.0), Financing.annuity(0.08, 4), 0.05);

        assertEquals(25_000 * 0.301921 + 1_250, owned.tariff(device("h100")).usd(8_760 * 3_600, 1e9), 0.1);
        assertThrows(IllegalArgumentException.class, () -> owned.tariff(device("a40")));
        assertThrows(IllegalArgumentException.class, () -> Financing.annuity(8, 4));
        assertThrows(IllegalArgumentException.class, () -> PriceModel.electricity(0.1, 0.9));
    }

    @Test
    void electricity_pue_paysForTheBuilding() {
        assertEquals(
                0.18, PriceModel.electricity(0.15, 1.2).tariff(device("any")).usd(0, 3.6e6), 1e-12);
    }

    /** Table 3 of "Insights into DeepSeek-V3" (ISCA 2025): endpoints, switches and links of five topologies of 64-port switches. */
    @Test
    void bill_fiveTopologies_isThePublishedOne() {
        assertBill(2_048, 96, 2_048, NetworkBill.fatTree2(64));
        assertBill(16_384, 768, 16_384, NetworkBill.fatTree2(64).planes(8));
        assertBill(65_536, 5_120, 131_072, NetworkBill.fatTree3(64));
        assertBill(32_928, 1_568, 32_928, NetworkBill.slimFly(28));
        assertBill(261_632, 16_352, 384_272, NetworkBill.dragonfly(32, 16, 16, 511));
    }

    /** Unit prices solved from two of its columns give the other costs to 2% (in millions of dollars). */
    @Test
    void usd_unitPricesOfTwoColumns_giveTheOthers() {
        NetworkBill.Prices prices = new NetworkBill.Prices(0, 83_000, 503, 0);

        assertEquals(9, NetworkBill.fatTree2(64).usd(prices) / 1e6, 0.18);
        assertEquals(72, NetworkBill.fatTree2(64).planes(8).usd(prices) / 1e6, 1.44);
        assertEquals(491, NetworkBill.fatTree3(64).usd(prices) / 1e6, 9.8);
        assertEquals(146, NetworkBill.slimFly(28).usd(prices) / 1e6, 2.9);
        assertEquals(1_522, NetworkBill.dragonfly(32, 16, 16, 511).usd(prices) / 1e6, 31);
    }

    @Test
    void networkPrice_allDevices_payForAllParts() {
        NetworkBill bill = NetworkBill.fatTree2(64);
        NetworkBill.Prices prices = new NetworkBill.Prices(1_000, 83_000, 503, 300);
        Financing loan = Financing.annuity(0.08, 4);
        double perDevice =
                new NetworkPrice(bill, prices, 8, loan).tariff(device("any")).usdPerSecond();

        assertEquals(loan.perSecond(bill.usd(prices)), perDevice * 2_048 / 8, 1e-12);
        assertTrue(bill.usd(prices) > 12e6);
        assertThrows(IllegalArgumentException.class, () -> NetworkBill.fatTree2(7));
        assertThrows(IllegalArgumentException.class, () -> NetworkBill.dragonfly(4, 2, 2, 10));
    }

    private static void assertBill(long endpoints, long switches, long links, NetworkBill bill) {
        assertEquals(endpoints, bill.endpoints());
        assertEquals(switches, bill.switches());
        assertEquals(links, bill.links());
    }
}
