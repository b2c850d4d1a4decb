package org.motleysim.workloads.federated.learning;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import org.motleysim.core.random.RandomStreams;
import org.motleysim.workloads.federated.population.Clients;

/**
 * A small model that is really trained: each task runs local stochastic gradient descent from the model that was downloaded, and the updates are
 * used in the order and with the weights that the clock gives them. So accuracy over time is measured, not assumed.
 *
 * <p>An update is a function of the model that was downloaded, the client's samples and the number of the task. It can be computed by any thread at
 * any time between download and use, so results do not depend on the number of threads.
 *
 * @param model what is trained
 * @param data what from
 * @param learningRate of the local steps, above zero
 * @param evaluateEvery how many versions lie between two tests of the model, one or more
 * @param target accuracy, a share from 0 to 1, at which the time is taken
 * @param threads that compute updates, one or more
 */
public record RealLearning(
        Model model, LearningData data, double learningRate, int evaluateEvery, OptionalDouble target, int threads)
        implements Learning {
    private static final long MOST_PARAMETERS = 200_000_000;

    /** @throws IllegalArgumentException if a number is out of range */
    public RealLearning {
        if (!(learningRate > 0 && learningRate < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("learningRate (" + learningRate + ") must be above zero");
        }
        if (evaluateEvery < 1 || threads < 1) {
            throw new IllegalArgumentException(
                    "evaluateEvery (" + evaluateEvery + ") and threads (" + threads + ") must be at least 1");
        }
        if (target.isPresent() && !(target.getAsDouble() > 0 && target.getAsDouble() <= 1)) {
            throw new IllegalArgumentException(
                    "target (" + target.getAsDouble() + ") must be a share above 0 and at most 1");
        }
    }

    /** Returns training on one thread, tested at each version, without a target. */
    public static RealLearning of(Model model, LearningData data, double learningRate) {
        return new RealLearning(model, data, learningRate, 1, OptionalDouble.empty(), 1);
    }

    /** Returns this with a target. */
    public RealLearning until(double accuracy) {
        return new RealLearning(model, data, learningRate, evaluateEvery, OptionalDouble.of(accuracy), threads);
    }

    /** Returns this with that many threads. */
    public RealLearning on(int threadCount) {
        return new RealLearning(model, data, learningRate, evaluateEvery, target, threadCount);
    }

    /** Returns this tested at each so many versions. */
    public RealLearning testedEvery(int versions) {
        return new RealLearning(model, data, learningRate, versions, target, threads);
    }

    /** Returns everything that keeps so many clients with so many models from learning. */
    public List<String> problems(int clients, int models) {
        List<String> problems = new ArrayList<>(data.problems(clients));
        long parameters = (long) models * model.parameters(data.features(), data.classes());
        if (parameters > MOST_PARAMETERS) {
            problems.add(models + " models have " + parameters + " parameters together, and " + MOST_PARAMETERS
                    + " is the most");
        }
        return problems;
    }

    @Override
    public Run bind(Clients clients, int slots, int models, int batch, RandomStreams streams) {
        return new TrainingRun(this, clients, slots, models, batch, streams);
    }
}
