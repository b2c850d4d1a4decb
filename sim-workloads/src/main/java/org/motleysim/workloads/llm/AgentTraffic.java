package org.motleysim.workloads.llm;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.motleysim.core.engine.EventType;
import org.motleysim.core.engine.SimTime;
import org.motleysim.core.engine.Simulation;
import org.motleysim.core.metric.Cdf;
import org.motleysim.core.metric.LatencyHistogram;
import org.motleysim.core.metric.MetricSet;
import org.motleysim.core.random.Distribution;
import org.motleysim.core.random.RandomStream;
import org.motleysim.workloads.Balance;
import org.motleysim.workloads.llm.request.PromptStreams;
import org.motleysim.workloads.llm.session.AgentGraph;

/** Programs that call the model, in one run: each has a place from its first step to its last. */
final class AgentTraffic implements Traffic {
    private static final int NONE = -1;

    /** What is known of a program that runs. */
    private static final class Program {
        private final int[] needs;
        private final int[] copiesLeft;
        /** Of each call that was made: the stream of its own tokens, and how many tokens it has in all. */
        private final long[] stream;

        private final int[] tokens;
        private int stepsLeft;
        /** Requests and pauses that are going on. */
        private int active;

        private boolean broken;
        private long beganNanos;

        Program(int steps) {
            needs = new int[steps];
            copiesLeft = new int[steps];
            stream = new long[steps];
            tokens = new int[steps];
        }
    }

    private final int index;
    private final AgentGraph graph;
    private final RequestFeed feed;
    private final RandomStream random;
    private final Simulation simulation;
    private final EventType arrival;
    private final EventType pauseEnd;
    private final Frontend frontend;
    private final LiveRequests live;
    private final int size;
    private final int[] needs;
    private final int[][] followers;
    private final int[] continued;
    private final long deadlineNanos;
    private final Arriving next = new Arriving();
    private final List<Program> programs = new ArrayList<>();
    private int[] free = {};
    private int freeCount;
    private boolean over;
    private int present;
    private long begun;
    private long completed;
    private long broken;
    private long inTime;
    private final LatencyHistogram time = new LatencyHistogram();

    AgentTraffic(
            int index,
            AgentGraph graph,
            RequestFeed feed,
            RandomStream random,
            Simulation simulation,
            EventType arrival,
            EventType pauseEnd,
            Frontend frontend,
            LiveRequests live) {
        this.index = index;
        this.graph = graph;
        this.feed = feed;
        this.random = random;
        this.simulation = simulation;
        this.arrival = arrival;
        this.pauseEnd = pauseEnd;
        this.frontend = frontend;
        this.live = live;
        this.size = graph.steps().size();
        this.deadlineNanos = graph.deadline().map(SimTime::nanos).orElse(Long.MAX_VALUE);
        this.needs = new int[size];
        this.continued = new int[size];
        List<String> names = graph.steps().stream().map(AgentGraph.Step::name).toList();
        List<List<Integer>> after = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            after.add(new ArrayList<>());
            AgentGraph.Step step = graph.steps().get(i);
            for (String name : AgentGraph.needs(step).stream().distinct().toList()) {
                after.get(names.indexOf(name)).add(i);
                needs[i]++;
            }
            continued[i] =
                    step instanceof AgentGraph.Call call && call.continues().isPresent()
                            ? names.indexOf(call.continues().get())
                            : NONE;
        }
        this.followers = after.stream()
                .map(list -> list.stream().mapToInt(Integer::intValue).toArray())
                .toArray(int[][]::new);
    }

    @Override
    public int index() {
        return index;
    }

    @Override
    public void start() {
        over = !feed.nextArrival();
        if (!over) {
            simulation.scheduleAt(feed.arrivalNanos(), arrival, index);
        }
    }

    /** All programs of one instant begin in one event. */
    @Override
    public void arrive() {
        long now = simulation.now();
        boolean more;
        do {
            begin(now);
            more = feed.nextArrival();
        } while (more && feed.arrivalNanos() == now);
        over = !more;
        if (more) {
            simulation.scheduleAt(feed.arrivalNanos(), arrival, index);
        }
        frontend.mayBeOver();
    }

    private void begin(long now) {
        if (freeCount == 0) {
            int old = programs.size();
            int length = Math.max(16, 2 * old);
            free = Arrays.copyOf(free, length);
            for (int place = length - 1; place >= old; place--) {
                free[freeCount++] = place;
            }
            for (int place = old; place < length; place++) {
                programs.add(new Program(size));
            }
        }
        int place = free[--freeCount];
        present++;
        begun++;
        Program program = programs.get(place);
        System.arraycopy(needs, 0, program.needs, 0, size);
        program.stepsLeft = size;
        program.active = 0;
        program.broken = false;
        program.beganNanos = now;
        for (int step = 0; step < size && !program.broken; step++) {
            if (needs[step] == 0) {
                run(place, program, step);
            }
        }
        leaveIfOver(place, program);
    }

    private void run(int place, Program program, int step) {
        if (graph.steps().get(step) instanceof AgentGraph.Pause pause) {
            program.active++;
            long nanos = SimTime.nanos(Math.max(0, pause.seconds().sample(random)));
            simulation.schedule(nanos, pauseEnd, (long) index << 32 | ((long) place * size + step));
            return;
        }
        AgentGraph.Call call = (AgentGraph.Call) graph.steps().get(step);
        int before = continued[step] == NONE ? 0 : program.tokens[continued[step]];
        long prompt = (long) before + tokens(call.promptTokens());
        program.copiesLeft[step] = call.copies();
        for (int copy = 0; copy < call.copies() && !program.broken; copy++) {
            long stream = PromptStreams.said(frontend.nextStream());
            next.promptTokens = (int) Math.min(Integer.MAX_VALUE, prompt);
            next.outputTokens = tokens(call.outputTokens());
            next.source = (long) place * size + continued[step];
            next.sharedTokens = before;
            next.ownStream = stream;
            if (copy == 0) {
                program.stream[step] = stream;
                program.tokens[step] = (int) Math.min(Integer.MAX_VALUE, prompt + next.outputTokens);
            } else {
                // The copies have the whole prompt in common: it is the first one's.
                next.source = (long) place * size + step;
                next.sharedTokens = next.promptTokens;
            }
            next.session = place;
            next.step = step;
            program.active++;
            if (frontend.arrive(this, next) < 0) {
                program.active--;
                program.broken = true;
            }
        }
    }

    private int tokens(Distribution law) {
        return (int) Math.min(1e8, Math.max(1, Math.rint(law.sample(random))));
    }

    /** A pause is over. */
    @Override
    public void proceed(int placeAndStep) {
        int place = placeAndStep / size;
        Program program = programs.get(place);
        program.active--;
        stepEnded(place, program, placeAndStep % size);
        frontend.mayBeOver();
    }

    @Override
    public void ended(int slot, boolean finished) {
        int place = live.session[slot];
        Program program = programs.get(place);
        program.active--;
        if (!finished) {
            program.broken = true;
        }
        int step = live.step[slot];
        if (--program.copiesLeft[step] == 0) {
            stepEnded(place, program, step);
        } else {
            leaveIfOver(place, program);
        }
    }

    private void stepEnded(int place, Program program, int step) {
        program.stepsLeft--;
        for (int follower : followers[step]) {
            if (--program.needs[follower] == 0 && !program.broken) {
                run(place, program, follower);
            }
        }
        leaveIfOver(place, program);
    }

    private void leaveIfOver(int place, Program program) {
        if (program.active > 0 || !(program.broken || program.stepsLeft == 0)) {
            return;
        }
        if (program.broken) {
            broken++;
        } else {
            completed++;
            long nanos = simulation.now() - program.beganNanos;
            time.record(nanos);
            inTime += nanos <= deadlineNanos ? 1 : 0;
        }
        present--;
        free[freeCount++] = place;
    }

    @Override
    public boolean isOver() {
        return over && present == 0;
    }

    /** A token of what a call continues is that call's own, or of what it continues in turn. */
    @Override
    public long stream(long source, int token) {
        Program program = programs.get((int) (source / size));
        int step = (int) (source % size);
        while (continued[step] != NONE && token < program.tokens[continued[step]]) {
            step = continued[step];
        }
        return program.stream[step];
    }

    @Override
    public void put(MetricSet.Builder metrics) {
        metrics.put("agents.begun", (double) begun, "1");
        metrics.put("agents.completed", (double) completed, "1");
        metrics.put("agents.broken", (double) broken, "1");
        metrics.put("agents.time.mean", time.meanSeconds(), "s");
        metrics.put("agents.time.p50", time.quantileSeconds(0.50), "s");
        metrics.put("agents.time.p99", time.quantileSeconds(0.99), "s");
        if (graph.deadline().isPresent() && completed + broken > 0) {
            metrics.put("agents.deadline.attainment", (double) inTime / (completed + broken), "1");
        }
    }

    @Override
    public List<Balance> balances() {
        return List.of(Balance.exact("agents", begun, completed + broken + present));
    }

    @Override
    public List<Cdf> cdfs() {
        return List.of(time.cdf("agents.time"));
    }
}
