package org.motleysim.workloads.scenario;

import static org.motleysim.workloads.scenario.ScalarCodec.DURATION;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.motleysim.hardware.price.ElectricityPrice;
import org.motleysim.hardware.price.Financing;
import org.motleysim.hardware.price.NetworkBill;
import org.motleysim.hardware.price.NetworkPrice;
import org.motleysim.hardware.price.OwnedPrice;
import org.motleysim.hardware.price.PriceModel;
import org.motleysim.hardware.price.PriceSum;
import org.motleysim.hardware.price.PurchasePrices;
import org.motleysim.hardware.price.SpotLevel;
import org.motleysim.hardware.price.SpotMarket;
import org.motleysim.hardware.price.SpotPrice;

/** What devices cost. */
final class PriceCodec {
    private static final Codec<Double> NOT_NEGATIVE = ScalarCodec.number(NumberRange.notNegative());
    private static final Codec<Double> POSITIVE = ScalarCodec.number(NumberRange.positive());
    private static final Codec<Long> COUNT = ScalarCodec.integer(0, Long.MAX_VALUE);

    private static final Codec<SpotLevel.Step> STEP = RecordCodec.of("a step of a price", fields -> {
        var seconds = fields.required("seconds", NOT_NEGATIVE, SpotLevel.Step::seconds, "From when on");
        var level = fields.required("level", NOT_NEGATIVE, SpotLevel.Step::level, "Share of the price on demand");
        return given -> new SpotLevel.Step(given.get(seconds), given.get(level));
    });

    private static final Codec<SpotLevel> LEVEL = ChoiceCodec.<SpotLevel>of("a level of spot prices")
            .kind("steady", SpotLevel.Steady.class, RecordCodec.of("a steady level", fields -> {
                var level = fields.required(
                        "level",
                        NOT_NEGATIVE,
                        SpotLevel.Steady::level,
                        "Share of the price on demand: 0.35 is 65% off");
                return given -> new SpotLevel.Steady(given.get(level));
            }))
            .kind("mean-reverting", SpotLevel.MeanReverting.class, RecordCodec.of("a level that reverts", fields -> {
                var median = fields.required(
                        "median", POSITIVE, SpotLevel.MeanReverting::median, "Half of the time the price is below");
                var volatility = fields.required(
                        "volatility",
                        NOT_NEGATIVE,
                        SpotLevel.MeanReverting::volatility,
                        "Standard deviation of the logarithm in the long run");
                var reversion = fields.required(
                        "reversion",
                        DURATION,
                        SpotLevel.MeanReverting::reversion,
                        "Time in which a deviation fades to 1/e");
                var step = fields.required(
                        "step", DURATION, SpotLevel.MeanReverting::step, "Time between changes of the price");
                var most = fields.optional(
                        "most", POSITIVE, 1.0, SpotLevel.MeanReverting::most, "Never more than that; 1 by default");
                return given -> new SpotLevel.MeanReverting(
                        given.get(median),
                        given.get(volatility),
                        given.get(reversion),
                        given.get(step),
                        given.find(most).orElse(1.0));
            }))
            .kind("recorded", SpotLevel.Recorded.class, RecordCodec.of("recorded levels", fields -> {
                var file = fields.optional(
                        "file",
                        new FileContentsCodec<SpotLevel.Recorded>(
                                "spot prices", SpotLevel.Recorded::read, SpotLevel.Recorded::file),
                        law -> law.file().map(path -> law),
                        "Path of a CSV file with the header " + SpotLevel.Recorded.HEADER);
                var steps = fields.optional(
                        "steps",
                        new ListCodec<>(STEP, 1),
                        law -> law.file().isPresent() ? Optional.empty() : Optional.of(law.steps()),
                        "The prices, instead of a file; the first at 0 seconds");
                return given ->
                        FaultsCodec.oneOf("recorded levels", given.find(file), "file", given.find(steps), "steps")
                                ? given.get(file)
                                : new SpotLevel.Recorded(given.get(steps));
            }))
            .build();

    private static final RecordCodec<SpotPrice> SPOT = RecordCodec.of("a spot market", fields -> {
        var level = fields.required("level", LEVEL, price -> price.spot().level(), "The price over time");
        var interruptions = fields.optional(
                "interruptions",
                FaultsCodec.OUTAGES,
                price -> price.spot().interruptions(),
                "When a device is taken and how long it takes to get another; never by default");
        var bid = fields.optional(
                "bid",
                POSITIVE,
                price -> price.spot().bid().stream().boxed().findFirst(),
                "All devices of the group are taken while the level is above this; never by default");
        var notice = fields.optional(
                "notice",
                DURATION,
                Duration.ZERO,
                price -> price.spot().notice(),
                "Time between the announcement and the loss, without new work; none by default");
        return given -> new SpotPrice(new SpotMarket(
                given.get(level),
                given.find(interruptions),
                given.find(bid).map(OptionalDouble::of).orElse(OptionalDouble.empty()),
                given.find(notice).orElse(Duration.ZERO)));
    });

    private static final Codec<Financing> FINANCING = RecordCodec.of("financing", fields -> {
        var interest = fields.required(
                "interestPerYear",
                ScalarCodec.number(NumberRange.closedShare()),
                Financing::interestPerYear,
                "Interest a year as a share: 0.08 is 8 percent");
        var years = fields.required("years", POSITIVE, Financing::years, "Until it is paid and worn out");
        var loan = fields.optional(
                "loan",
                ScalarCodec.named("a loan", List.of(Financing.Loan.values()), Financing.Loan::label),
                Financing.Loan.ANNUITY,
                Financing::loan,
                "What the interest is paid on; \"annuity\" by default");
        return given -> new Financing(
                given.get(interest), given.get(years), given.find(loan).orElse(Financing.Loan.ANNUITY));
    });

    private static final RecordCodec<OwnedPrice> OWNED = RecordCodec.of("a price of owned devices", fields -> {
        var usd = fields.optional(
                "usd",
                new DeviceNumbersCodec(),
                PurchasePrices.published(),
                OwnedPrice::usd,
                "Purchase price in dollars by name of the device; by default prices that were published");
        var financing = fields.required("financing", FINANCING, OwnedPrice::financing, "How the purchase is paid");
        var operating = fields.optional(
                "operatingSharePerYear",
                NOT_NEGATIVE,
                0.0,
                OwnedPrice::operatingSharePerYear,
                "Maintenance, space and staff a year as a share of the price; 0 by default");
        return given -> new OwnedPrice(
                given.<Map<String, Double>>find(usd).orElse(PurchasePrices.published()),
                given.get(financing),
                given.find(operating).orElse(0.0));
    });

    private static final Codec<NetworkBill> BILL = ChoiceCodec.<NetworkBill>of("a bill of materials")
            .kind("fat-tree-2", NetworkBill.class, bill -> false, RecordCodec.of("a two-level fat tree", fields -> {
                var radix = fields.required(
                        "radix", ScalarCodec.integer(2), PriceCodec::asParts, "Ports of a switch, an even number");
                return given -> NetworkBill.fatTree2(given.get(radix));
            }))
            .kind("fat-tree-3", NetworkBill.class, bill -> false, RecordCodec.of("a three-level fat tree", fields -> {
                var radix = fields.required(
                        "radix", ScalarCodec.integer(2), PriceCodec::asParts, "Ports of a switch, an even number");
                return given -> NetworkBill.fatTree3(given.get(radix));
            }))
            .kind("slim-fly", NetworkBill.class, bill -> false, RecordCodec.of("a Slim Fly", fields -> {
                var q = fields.required(
                        "q",
                        ScalarCodec.integer(3),
                        PriceCodec::asParts,
                        "4w - 1, 4w or 4w + 1; there are 2 q^2 switches");
                return given -> NetworkBill.slimFly(given.get(q));
            }))
            .kind("dragonfly", NetworkBill.class, bill -> false, RecordCodec.of("a dragonfly", fields -> {
                var perGroup = fields.required(
                        "switchesPerGroup", ScalarCodec.integer(1), PriceCodec::asParts, "Switches in a group");
                var endpoints = fields.required(
                        "endpointsPerSwitch", ScalarCodec.integer(1), PriceCodec::asParts, "Endpoints of a switch");
                var global = fields.required(
                        "globalPerSwitch",
                        ScalarCodec.integer(0),
                        PriceCodec::asParts,
                        "Cables of a switch to other groups");
                var groups = fields.required("groups", ScalarCodec.integer(1), PriceCodec::asParts, "Groups");
                return given -> NetworkBill.dragonfly(
                        given.get(perGroup), given.get(endpoints), given.get(global), given.get(groups));
            }))
            .kind("parts", NetworkBill.class, RecordCodec.of("parts of a network", fields -> {
                var endpoints = fields.required("endpoints", COUNT, NetworkBill::endpoints, "Ports of computers");
                var switches = fields.required("switches", COUNT, NetworkBill::switches, "Switches");
                var links = fields.required("links", COUNT, NetworkBill::links, "Cables between switches");
                var optics = fields.optional("optics", COUNT, 0L, NetworkBill::optics, "Transceivers; none by default");
                return given -> new NetworkBill(
                        given.get(endpoints),
                        given.get(switches),
                        given.get(links),
                        given.find(optics).orElse(0L));
            }))
            .build();

    private static final Codec<NetworkBill.Prices> PARTS = RecordCodec.of("prices of network parts", fields -> {
        var endpoint = fields.required(
                "usdPerEndpoint", NOT_NEGATIVE, NetworkBill.Prices::usdPerEndpoint, "Dollars for a network card");
        var one = fields.required("usdPerSwitch", NOT_NEGATIVE, NetworkBill.Prices::usdPerSwitch, "For a switch");
        var link = fields.required("usdPerLink", NOT_NEGATIVE, NetworkBill.Prices::usdPerLink, "For a cable");
        var optic = fields.required("usdPerOptic", NOT_NEGATIVE, NetworkBill.Prices::usdPerOptic, "For a transceiver");
        return given -> new NetworkBill.Prices(given.get(endpoint), given.get(one), given.get(link), given.get(optic));
    });

    private static final RecordCodec<NetworkPrice> NETWORK = RecordCodec.of("a price of a network", fields -> {
        var bill = fields.required("bill", BILL, NetworkPrice::bill, "What it is made of");
        var prices = fields.required("prices", PARTS, NetworkPrice::prices, "What the parts cost");
        var each = fields.optional(
                "endpointsPerDevice",
                POSITIVE,
                1.0,
                NetworkPrice::endpointsPerDevice,
                "Ports that a device takes and pays for; 1 by default");
        var financing = fields.required("financing", FINANCING, NetworkPrice::financing, "How it is paid");
        return given -> new NetworkPrice(
                given.get(bill), given.get(prices), given.find(each).orElse(1.0), given.get(financing));
    });

    static final Codec<PriceModel> PRICE = ChoiceCodec.<PriceModel>of("a price")
            .value("hourly", PriceModel.hourly())
            .value("free", PriceModel.free())
            .kind("electricity", ElectricityPrice.class, RecordCodec.of("a price of electricity", fields -> {
                var price = fields.required(
                        "usdPerKilowattHour",
                        NOT_NEGATIVE,
                        ElectricityPrice::usdPerKilowattHour,
                        "Dollars per kilowatt-hour drawn");
                var pue = fields.optional(
                        "pue",
                        ScalarCodec.number(NumberRange.atLeast(1)),
                        1.0,
                        ElectricityPrice::pue,
                        "Energy of the building per energy of its computers; 1 by default");
                return given ->
                        new ElectricityPrice(given.get(price), given.find(pue).orElse(1.0));
            }))
            .kind("spot", SpotPrice.class, SPOT)
            .kind("owned", OwnedPrice.class, OWNED)
            .kind("network", NetworkPrice.class, NETWORK)
            .kind("sum", PriceSum.class, RecordCodec.of("a sum of prices", fields -> {
                var first = fields.required("first", Codec.later(PriceCodec::prices), PriceSum::first, "A price");
                var second = fields.required("second", Codec.later(PriceCodec::prices), PriceSum::second, "Another");
                return given -> new PriceSum(given.get(first), given.get(second));
            }))
            .build();

    private PriceCodec() {}

    private static Codec<PriceModel> prices() {
        return PRICE;
    }

    /** A topology is a way to count parts, and is written as its parts. */
    private static Integer asParts(NetworkBill bill) {
        throw new IllegalStateException(bill + " must be written as parts");
    }
}
