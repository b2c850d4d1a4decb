package org.motleysim.workloads.llm.session;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.motleysim.core.random.Distribution;

/**
 * What a program does that calls the model more than once: calls, and pauses between them in which it runs tools or waits for somebody. A
 * step begins when all steps it comes after have ended; the run of the program ends with its last step.
 *
 * <p>A call may <em>continue</em> another one: its prompt begins with all of that call's prompt and output, which a prefix cache may have.
 * A call in several copies is several requests with one prompt and outputs of their own, as in sampling and tree search; it ends with its
 * last copy, and who continues it continues the first.
 *
 * @param steps in an order in which each comes after those it needs; at least one call
 * @param deadline for the run of the program, if there is one
 */
public record AgentGraph(List<Step> steps, Optional<Duration> deadline) implements Sessions {
    /** One thing that the program does. */
    public sealed interface Step permits Call, Pause {
        /** Its name, for the steps after it. */
        String name();

        /** The steps that must have ended before. */
        List<String> after();
    }

    /**
     * A call of the model.
     *
     * @param name for the steps after it
     * @param after the steps that must have ended before, beside the one it continues
     * @param continues the call whose prompt and output its prompt begins with, if any
     * @param promptTokens new tokens of the prompt, rounded to whole numbers of at least 1
     * @param outputTokens of each copy, rounded to whole numbers of at least 1
     * @param copies how many requests it is, at least 1
     */
    public record Call(
            String name,
            List<String> after,
            Optional<String> continues,
            Distribution promptTokens,
            Distribution outputTokens,
            int copies)
            implements Step {
        /** @throws IllegalArgumentException if a part is out of its range */
        public Call {
            after = List.copyOf(after);
            Objects.requireNonNull(promptTokens, "promptTokens");
            Objects.requireNonNull(outputTokens, "outputTokens");
            if (copies < 1 || copies > 10_000) {
                throw new IllegalArgumentException("copies (" + copies + ") must be from 1 to 10000");
            }
        }

        /** A call of which nothing comes before. */
        public static Call of(String name, Distribution promptTokens, Distribution outputTokens) {
            return new Call(name, List.of(), Optional.empty(), promptTokens, outputTokens, 1);
        }

        /** The same after other steps. */
        public Call after(String... names) {
            return new Call(name, List.of(names), continues, promptTokens, outputTokens, copies);
        }

        /** The same as the continuation of another call. */
        public Call continues(String call) {
            return new Call(name, after, Optional.of(call), promptTokens, outputTokens, copies);
        }

        /** The same in several copies. */
        public Call copies(int count) {
            return new Call(name, after, continues, promptTokens, outputTokens, count);
        }
    }

    /**
     * A tool that runs, or a wait.
     *
     * @param name for the steps after it
     * @param after the steps that must have ended before
     * @param seconds how long it takes, not negative
     */
    public record Pause(String name, List<String> after, Distribution seconds) implements Step {
        /** Copies the names. */
        public Pause {
            after = List.copyOf(after);
            Objects.requireNonNull(seconds, "seconds");
        }
    }

    /** @throws IllegalArgumentException if a step comes after one that is not before it, or there is no call */
    public AgentGraph {
        steps = List.copyOf(steps);
        Map<String, Step> before = new HashMap<>();
        boolean calls = false;
        for (Step step : steps) {
            for (String name : needs(step)) {
                if (!before.containsKey(name)) {
                    throw new IllegalArgumentException("step \"" + step.name()
                            + "\" must come after steps before it, not \"" + name + "\"\nMaybe one of "
                            + before.keySet().stream().sorted().toList() + ".");
                }
            }
            if (step instanceof Call call) {
                calls = true;
                if (call.continues().isPresent()
                        && !(before.get(call.continues().get()) instanceof Call)) {
                    throw new IllegalArgumentException(
                            "step \"" + step.name() + "\" must continue a call, not the pause \""
                                    + call.continues().get() + "\"");
                }
            }
            if (before.put(step.name(), step) != null) {
                throw new IllegalArgumentException(
                        "names of steps must differ, and \"" + step.name() + "\" is there twice");
            }
        }
        if (!calls || steps.size() > 30_000) {
            throw new IllegalArgumentException(
                    "steps (" + steps.size() + ") must be at most 30000 and have a call of the model");
        }
        if (deadline.isPresent()
                && (deadline.get().isNegative() || deadline.get().isZero())) {
            throw new IllegalArgumentException("deadline (" + deadline.get() + ") must be positive");
        }
    }

    /** A program without a deadline. */
    public static AgentGraph of(Step... steps) {
        return new AgentGraph(List.of(steps), Optional.empty());
    }

    /** The same with a deadline. */
    public AgentGraph withDeadline(Duration limit) {
        return new AgentGraph(steps, Optional.of(limit));
    }

    /** The steps that must have ended before a step: those it comes after and the one it continues. */
    public static List<String> needs(Step step) {
        List<String> names = new ArrayList<>(step.after());
        if (step instanceof Call call) {
            call.continues().filter(other -> !names.contains(other)).ifPresent(names::add);
        }
        return names;
    }

    @Override
    public boolean usesLengths() {
        return false;
    }
}
