package org.motleysim.workloads.scenario;

import java.util.Optional;
import java.util.OptionalLong;
import org.motleysim.workloads.llm.Slo;
import org.motleysim.workloads.llm.Tenant;
import org.motleysim.workloads.llm.request.RequestLengths;

/** Another user of a service. */
final class TenantCodec {

    private TenantCodec() {}

    static Codec<Tenant> of(Codec<Slo> slos) {
        return RecordCodec.of("a tenant", fields -> {
            var name = fields.required("name", ScalarCodec.text(), Tenant::name, "Its name in metrics");
            var arrivals =
                    fields.required("arrivals", TrafficCodec.ARRIVALS, Tenant::arrivals, "When its requests arrive");
            var lengths = fields.optional(
                    "lengths",
                    TrafficCodec.LENGTHS,
                    tenant -> Optional.of(tenant.lengths())
                            .filter(own -> !own.equals(TrafficCodec.replayed(tenant.arrivals())
                                    .<RequestLengths>map(RequestLengths::trace)
                                    .orElse(null))),
                    "How long they are; by default those of the trace that arrives");
            var requests = fields.optional(
                    "requests",
                    ScalarCodec.integer(1, Long.MAX_VALUE),
                    tenant -> tenant.requests().stream().boxed().findFirst(),
                    "How many arrive at most");
            var sessions = fields.optional(
                    "sessions",
                    SessionsCodec.SESSIONS,
                    Tenant::sessions,
                    "What each arrival begins; a request by default");
            var slo = fields.optional("slo", slos, Tenant::slo, "What a request must meet to count as good");
            var weight = fields.optional(
                    "weight",
                    ScalarCodec.number(NumberRange.positive()),
                    1.0,
                    Tenant::weight,
                    "Share in a fair queue, where the service itself has 1; 1 by default");
            return given -> new Tenant(
                    given.get(name),
                    given.get(arrivals),
                    given.find(lengths)
                            .or(() -> TrafficCodec.replayed(given.get(arrivals)).map(RequestLengths::trace))
                            .orElseThrow(() -> new IllegalArgumentException(
                                    "\"lengths\" is missing: how long prompts and outputs are"
                                            + "\nMaybe \"lengths\": \"azure-2023-conversation\".")),
                    given.find(requests).map(OptionalLong::of).orElse(OptionalLong.empty()),
                    given.find(sessions),
                    given.find(slo),
                    given.find(weight).orElse(1.0));
        });
    }
}
