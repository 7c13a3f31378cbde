package io.tidemark.conformance;

import io.tidemark.conformance.Scenario.Event;
import io.tidemark.conformance.Scenario.Step;
import io.tidemark.conformance.Scenario.Watermark;
import io.tidemark.testing.Seeds;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * A random scenario: one to three keyed windows on one engine, and a few dozen events and watermarks around an interesting place
 * in time.
 *
 * @param unit the distance between two interesting places, in milliseconds
 * @param delay out-of-orderness of the events; negative for a watermark moved by hand alone
 */
record Trial(
        long seed, long unit, List<TrialDeclaration> declarations, long delay, boolean ownSource, List<Step> steps) {

    /** Time passes on the clock. */
    record ClockAdvance(long millis) implements Step {}

    static Trial random(long seed) {
        Random random = Seeds.random(seed);
        long unit = pick(random, 1, 1, 1, 1, 1_000, 1L << 40, 1L << 55);
        List<TrialDeclaration> declarations = new ArrayList<>();
        int declared = random.nextInt(3) == 0 ? 1 + random.nextInt(3) : 1;
        for (int i = 0; i < declared; i++) {
            declarations.add(TrialDeclaration.random(random, unit));
        }
        if (declarations.stream().anyMatch(TrialDeclaration::needsDays)) {
            unit = pick(random, 3_600_000L, 7_200_000L, 1_800_000L);
            long hours = unit;
            declarations.replaceAll(declaration -> declaration.scaledTo(hours));
        }
        long delay = random.nextInt(3) == 0 ? unit * random.nextInt(20) : -1;
        boolean clock = declarations.stream().anyMatch(TrialDeclaration::readsClock);
        return new Trial(
                seed,
                unit,
                List.copyOf(declarations),
                delay,
                random.nextInt(3) == 0,
                steps(random, unit, delay, clock));
    }

    Trial with(List<Step> otherSteps) {
        return new Trial(seed, unit, declarations, delay, ownSource, List.copyOf(otherSteps));
    }

    private static List<Step> steps(Random random, long unit, long delay, boolean clock) {
        List<Step> steps = new ArrayList<>();
        boolean hours = unit % 1_800_000L == 0;
        long now = hours
                // around changes of clocks in Sao Paulo, St. John's, Apia, Paris and Havana, and before 1970
                ? pick(
                        random,
                        1_508_000_000_000L,
                        1_289_090_000_000L,
                        1_325_200_000_000L,
                        1_711_800_000_000L,
                        1_257_030_000_000L,
                        -300_000_000_000L,
                        -50 * unit)
                : pick(random, 0, 0, -50 * unit, 1_700_000_000_000L, Long.MIN_VALUE + 1, Long.MAX_VALUE - 1);
        now = now > Long.MAX_VALUE / 2 ? now - unit * random.nextInt(60) : now;
        int keys = 1 + random.nextInt(random.nextInt(10) == 0 ? 40 : 4);
        int count = 1 + random.nextInt(random.nextInt(10) == 0 ? 200 : 40);
        int spread = 1 + random.nextInt(40);
        // on a coarse grid windows of several keys often have the same edges
        int grain = random.nextInt(3) == 0 ? 5 : 1;
        for (int i = 0; i < count; i++) {
            now = saturated(now, random.nextInt(20) == 0 ? unit * random.nextInt(200) : unit * random.nextInt(8));
            long jitter = random.nextInt(4) == 0 ? random.nextInt(3) - 1 : 0;
            long around = unit * ((random.nextInt(2 * spread) - spread) / grain * grain);
            long time = saturated(saturated(now, around), grain == 1 ? jitter : -Math.floorMod(now, unit * grain));
            if (clock && random.nextInt(5) == 0) {
                steps.add(new ClockAdvance(random.nextInt(8)));
            } else if (random.nextInt(4) == 0 && (delay < 0 || random.nextInt(4) == 0)) {
                steps.add(new Watermark(time));
            } else {
                steps.add(new Event(time, "k" + random.nextInt(keys), value(random, i)));
            }
        }
        if (random.nextInt(4) == 0) {
            steps.add(new Watermark(Long.MAX_VALUE));
        }
        return List.copyOf(steps);
    }

    /** Mostly tells the event from all others; sometimes far out, but so that no sum of a trial overflows. */
    private static long value(Random random, int index) {
        return random.nextInt(6) == 0 ? random.nextLong() >> 9 : index;
    }

    private static long saturated(long a, long b) {
        long sum = a + b;
        if (b >= 0 ? sum < a : sum > a) {
            sum = b >= 0 ? Long.MAX_VALUE : Long.MIN_VALUE;
        }
        return Math.max(Long.MIN_VALUE + 1, Math.min(Long.MAX_VALUE - 1, sum));
    }

    static long pick(Random random, long... choices) {
        return choices[random.nextInt(choices.length)];
    }
}
