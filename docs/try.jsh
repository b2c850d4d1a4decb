/* Try Motley line by line:
     jshell --class-path examples/target/motley.jar docs/try.jsh
   Everything is imported. Type a line of the guide, or: hello.run().report().print() */
import java.nio.file.Path
import java.time.Duration
import java.util.*
import org.motleysim.core.experiment.*
import org.motleysim.core.metric.*
import org.motleysim.core.quantity.*
import org.motleysim.core.random.*
import org.motleysim.core.report.*
import org.motleysim.hardware.catalog.Catalog
import org.motleysim.hardware.cluster.*
import org.motleysim.hardware.device.*
import org.motleysim.hardware.network.*
import org.motleysim.workloads.arrival.*
import org.motleysim.workloads.llm.*
import org.motleysim.workloads.llm.batching.*
import org.motleysim.workloads.llm.model.*
import org.motleysim.workloads.llm.request.*
import org.motleysim.workloads.llm.routing.*
import org.motleysim.workloads.scenario.*
import org.motleysim.workloads.study.*

var catalog = Catalog.builtIn()
var oneGpu = Cluster.builder("one GPU").add(1, catalog.device("nvidia-l4-24gb")).build()
var chat = LlmServing.of(ModelSpec.builtIn("llama-3-8b")).arrivals(Arrivals.poisson(1)).lengths(RequestLengths.logNormal(400, 4_000, 150, 900)).slo(new Slo(Duration.ofSeconds(1), Duration.ofMillis(100))).build()
var hello = Scenario.of(oneGpu, chat).name("hello").horizon(Duration.ofMinutes(1)).build()
