package org.motleysim.workloads.llm.session;

import java.util.Objects;
import org.motleysim.core.random.Distribution;

/**
 * Multi-turn chat: a user reads the answer, thinks, and asks on. Each prompt is the system prompt, all that was said before, and what the
 * user says now; so with prefix caching most of it is there already. What the user says and how long the answer is, turn by turn, are the
 * lengths of the service; the prompt lengths there are new tokens only.
 *
 * <p>Thinking begins with the last token of an answer. A conversation ends after its turns, or when the next turn would not fit the context
 * of the model.
 *
 * @param turns how many times the user asks, rounded to whole numbers of at least 1
 * @param thinkSeconds time between an answer and the next question, not negative
 * @param systemTokens tokens of the system prompt with which each conversation begins, 0 or more
 * @param systemPrompts how many different ones there are, equally likely, at least 1
 */
public record Conversations(Distribution turns, Distribution thinkSeconds, int systemTokens, int systemPrompts)
        implements Sessions {
    /** @throws IllegalArgumentException if a part is out of its range */
    public Conversations {
        Objects.requireNonNull(turns, "turns");
        Objects.requireNonNull(thinkSeconds, "thinkSeconds");
        if (systemTokens < 0) {
            throw new IllegalArgumentException("systemTokens (" + systemTokens + ") must not be negative");
        }
        if (systemPrompts < 1) {
            throw new IllegalArgumentException("systemPrompts (" + systemPrompts + ") must be at least 1");
        }
    }

    /** Conversations without a system prompt. */
    public static Conversations of(Distribution turns, Distribution thinkSeconds) {
        return new Conversations(turns, thinkSeconds, 0, 1);
    }

    /** The same with a system prompt of so many tokens, the same for all. */
    public Conversations withSystemPrompt(int tokens) {
        return new Conversations(turns, thinkSeconds, tokens, 1);
    }
}
