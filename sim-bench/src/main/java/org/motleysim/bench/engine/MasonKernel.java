package org.motleysim.bench.engine;

import java.util.function.IntConsumer;
import sim.engine.Schedule;
import sim.engine.SimState;
import sim.engine.Steppable;
import sim.engine.TentativeStep;

/** MASON. It cannot take an event back; a {@link TentativeStep} that was stopped comes due and does nothing. */
final class MasonKernel implements Kernel {

    private final SimState state = new SimState(1);
    private final Schedule schedule = state.schedule;
    private final Steppable[] steppables;
    private final TentativeStep[] timeouts;
    private long ran;

    MasonKernel(IntConsumer model, int tokens) {
        steppables = new Steppable[tokens];
        timeouts = new TentativeStep[tokens];
        for (int token = 0; token < tokens; token++) {
            int number = token;
            steppables[token] = ignored -> {
                ran++;
                model.accept(number);
            };
        }
    }

    @Override
    public void schedule(int token, long delay) {
        Steppable steppable = steppables[token];
        if (timeouts[token] != null) {
            // Only what has been cancelled before pays for being cancellable.
            timeouts[token] = new TentativeStep(steppable);
            steppable = timeouts[token];
        }
        schedule.scheduleOnce(now() + (double) delay, steppable);
    }

    @Override
    public void cancel(int token) {
        if (timeouts[token] == null) {
            timeouts[token] = new TentativeStep(steppables[token]);
        }
        timeouts[token].stop();
    }

    @Override
    public long now() {
        return (long) Math.max(0, schedule.getTime());
    }

    @Override
    public void run(int count) {
        long end = ran + count;
        while (ran < end) {
            schedule.step(state);
        }
    }
}
