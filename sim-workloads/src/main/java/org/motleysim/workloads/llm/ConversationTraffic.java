package org.motleysim.workloads.llm;

import java.util.Arrays;
import java.util.List;
import org.motleysim.core.engine.EventType;
import org.motleysim.core.engine.SimTime;
import org.motleysim.core.engine.Simulation;
import org.motleysim.core.metric.MetricSet;
import org.motleysim.core.random.RandomStream;
import org.motleysim.workloads.Balance;
import org.motleysim.workloads.llm.request.PromptStreams;
import org.motleysim.workloads.llm.session.Conversations;

/** Conversations in one run: each has a place from its first question to its last answer. */
final class ConversationTraffic implements Traffic {
    private final int index;
    private final Conversations law;
    private final RequestFeed feed;
    private final int contextLimit;
    private final RandomStream turns;
    private final RandomStream thinking;
    private final Simulation simulation;
    private final EventType arrival;
    private final EventType turn;
    private final Frontend frontend;
    private final LiveRequests live;
    private final Arriving next = new Arriving();
    private boolean over;

    private int[] turnsLeft = {};
    private int[] history = {};
    private long[] stream = {};
    private long[] system = {};
    private int[] free = {};
    private int freeCount;

    private int present;
    private long begun;
    private long completed;
    private long cut;
    private long broken;
    private long asked;

    ConversationTraffic(
            int index,
            Conversations law,
            RequestFeed feed,
            int contextLimit,
            RandomStream turns,
            RandomStream thinking,
            Simulation simulation,
            EventType arrival,
            EventType turn,
            Frontend frontend,
            LiveRequests live) {
        this.index = index;
        this.law = law;
        this.feed = feed;
        this.contextLimit = contextLimit;
        this.turns = turns;
        this.thinking = thinking;
        this.simulation = simulation;
        this.arrival = arrival;
        this.turn = turn;
        this.frontend = frontend;
        this.live = live;
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

    /** All conversations of one instant begin in one event. */
    @Override
    public void arrive() {
        long now = simulation.now();
        boolean more;
        do {
            begin();
            more = feed.nextArrival();
        } while (more && feed.arrivalNanos() == now);
        over = !more;
        if (more) {
            simulation.scheduleAt(feed.arrivalNanos(), arrival, index);
        }
        frontend.mayBeOver();
    }

    private void begin() {
        if (freeCount == 0) {
            grow();
        }
        int place = free[--freeCount];
        present++;
        begun++;
        turnsLeft[place] = (int)
                Math.min(Integer.MAX_VALUE, Math.max(1, Math.rint(law.turns().sample(turns))));
        history[place] = law.systemTokens();
        stream[place] = PromptStreams.said(frontend.nextStream());
        int which = law.systemPrompts() == 1 ? 0 : turns.nextInt(law.systemPrompts());
        system[place] = PromptStreams.system((long) index << 24 | which);
        ask(place);
    }

    /** The user has thought, and asks. */
    @Override
    public void proceed(int place) {
        ask(place);
        frontend.mayBeOver();
    }

    private void ask(int place) {
        feed.nextLengths();
        long prompt = (long) history[place] + feed.promptTokens();
        // Whether the first question fits is for the service to say.
        if (prompt + feed.outputTokens() > contextLimit && history[place] > law.systemTokens()) {
            cut++;
            leave(place);
            return;
        }
        next.promptTokens = (int) Math.min(Integer.MAX_VALUE, prompt);
        next.outputTokens = feed.outputTokens();
        next.source = system[place];
        next.sharedTokens = law.systemTokens();
        next.ownStream = stream[place];
        next.session = place;
        asked++;
        if (frontend.arrive(this, next) < 0) {
            broken++;
            leave(place);
        }
    }

    @Override
    public void ended(int slot, boolean finished) {
        int place = live.session[slot];
        if (!finished) {
            broken++;
            leave(place);
        } else if (--turnsLeft[place] == 0) {
            completed++;
            leave(place);
        } else {
            history[place] = live.promptTokens[slot] + live.outputTokens[slot];
            long think = SimTime.nanos(Math.max(0, law.thinkSeconds().sample(thinking)));
            simulation.schedule(think, turn, (long) index << 32 | place);
        }
    }

    private void leave(int place) {
        present--;
        free[freeCount++] = place;
    }

    @Override
    public boolean isOver() {
        return over && present == 0;
    }

    @Override
    public long stream(long source, int token) {
        return source;
    }

    @Override
    public void put(MetricSet.Builder metrics) {
        metrics.put("conversations.begun", (double) begun, "1");
        metrics.put("conversations.completed", (double) completed, "1");
        metrics.put("conversations.cut", (double) cut, "1");
        metrics.put("conversations.broken", (double) broken, "1");
        if (begun > 0) {
            metrics.put("conversations.turns.mean", (double) asked / begun, "1");
        }
    }

    @Override
    public List<Balance> balances() {
        return List.of(Balance.exact("conversations", begun, completed + cut + broken + present));
    }

    private void grow() {
        int old = turnsLeft.length;
        int length = Math.max(64, 2 * old);
        turnsLeft = Arrays.copyOf(turnsLeft, length);
        history = Arrays.copyOf(history, length);
        stream = Arrays.copyOf(stream, length);
        system = Arrays.copyOf(system, length);
        free = Arrays.copyOf(free, length);
        for (int place = length - 1; place >= old; place--) {
            free[freeCount++] = place;
        }
    }
}
