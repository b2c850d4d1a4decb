package org.motleysim.workloads.schedule;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.motleysim.core.name.NearestName;
import org.motleysim.workloads.graph.Dispatcher;
import org.motleysim.workloads.graph.Planner;
import org.motleysim.workloads.graph.Scheduler;

/** The schedulers that come with Motley, each by a method and by its name in scenario files. All are stateless values. */
public final class Schedulers {
    private static final Map<String, Scheduler> BY_NAME = byName();

    private Schedulers() {}

    /** Returns HEFT with insertion: upward rank, earliest finish time (Topcuoglu et al. 2002). */
    public static Planner heft() {
        return new Heft();
    }

    /** Returns CPOP: the critical path on one device (Topcuoglu et al. 2002). */
    public static Planner cpop() {
        return new Cpop();
    }

    /** Returns PEFT: earliest finish time plus an optimistic cost of what comes after (Arabnejad and Barbosa 2014). */
    public static Planner peft() {
        return new Peft();
    }

    /** Returns HEFT with a look at the successors of a task (Bittencourt et al. 2010). */
    public static Planner lookahead() {
        return new Lookahead();
    }

    /** Returns min-min: of the ready tasks the one that can be over first (Ibarra and Kim 1977). */
    public static Planner minMin() {
        return new ReadyFirst(ReadyFirst.Rule.MIN_MIN);
    }

    /** Returns max-min: of the ready tasks the one that is over last where it is quickest (Ibarra and Kim 1977). */
    public static Planner maxMin() {
        return new ReadyFirst(ReadyFirst.Rule.MAX_MIN);
    }

    /** Returns ETF: of the ready tasks the one that can start first (Hwang et al. 1989). */
    public static Planner earliestTaskFirst() {
        return new ReadyFirst(ReadyFirst.Rule.EARLIEST_TASK_FIRST);
    }

    /** Returns MET: each task where it takes least time. */
    public static Planner minimumExecutionTime() {
        return new OneByOne(OneByOne.Rule.MINIMUM_EXECUTION_TIME);
    }

    /** Returns EFT: each task, in the order of the graph, where it is over first. */
    public static Planner earliestFinishTime() {
        return new OneByOne(OneByOne.Rule.EARLIEST_FINISH_TIME);
    }

    /** Returns the devices in turn. */
    public static Planner roundRobin() {
        return new OneByOne(OneByOne.Rule.ROUND_ROBIN);
    }

    /** Returns the tasks of rank i on device i, in the order of the graph: {@link org.motleysim.workloads.graph.TaskGraph#rank}; others by EFT. */
    public static Planner byRank() {
        return new ByRank();
    }

    /** Returns a dispatcher that lets each free device take the ready task that has waited longest. */
    public static Dispatcher workStealing() {
        return new WorkStealing();
    }

    /** Returns list scheduling: whenever a device is free it gets the ready task of the highest upward rank (Graham's lists, by level). */
    public static Dispatcher highestRankFirst() {
        return new HighestRankFirst();
    }

    /** Returns MET that decides while jobs come: each ready task where it takes least time, of equal devices an idle one first. */
    public static Dispatcher onlineMinimumExecutionTime() {
        return new PromiseBook(PromiseBook.Rule.MINIMUM_EXECUTION_TIME);
    }

    /** Returns EFT that decides while jobs come: each ready task, in turn, where it is expected to be over first. */
    public static Dispatcher onlineEarliestFinishTime() {
        return new PromiseBook(PromiseBook.Rule.EARLIEST_FINISH_TIME);
    }

    /** Returns ETF that decides while jobs come: of all ready tasks the one that is over first, where it is. */
    public static Dispatcher onlineEarliestTaskFirst() {
        return new PromiseBook(PromiseBook.Rule.EARLIEST_TASK_FIRST);
    }

    /**
     * Returns the scheduler of that name.
     *
     * @throws IllegalArgumentException if there is none, with the nearest name
     */
    public static Scheduler named(String name) {
        Scheduler scheduler = BY_NAME.get(name);
        if (scheduler == null) {
            String hint = NearestName.of(name, BY_NAME.keySet())
                    .map(nearest -> "\nMaybe \"" + nearest + "\".")
                    .orElse("");
            throw new IllegalArgumentException(
                    "scheduler (\"" + name + "\") must be one of " + String.join(", ", BY_NAME.keySet()) + hint);
        }
        return scheduler;
    }

    /** Returns all schedulers by their names, in a fixed order. */
    public static Map<String, Scheduler> all() {
        return BY_NAME;
    }

    private static Map<String, Scheduler> byName() {
        Map<String, Scheduler> all = new LinkedHashMap<>();
        all.put("heft", heft());
        all.put("cpop", cpop());
        all.put("peft", peft());
        all.put("lookahead", lookahead());
        all.put("min-min", minMin());
        all.put("max-min", maxMin());
        all.put("etf", earliestTaskFirst());
        all.put("met", minimumExecutionTime());
        all.put("eft", earliestFinishTime());
        all.put("round-robin", roundRobin());
        all.put("by-rank", byRank());
        all.put("highest-rank-first", highestRankFirst());
        all.put("work-stealing", workStealing());
        all.put("online-met", onlineMinimumExecutionTime());
        all.put("online-eft", onlineEarliestFinishTime());
        all.put("online-etf", onlineEarliestTaskFirst());
        return Collections.unmodifiableMap(all);
    }
}
