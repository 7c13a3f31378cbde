package io.tidemark.conformance;

import io.tidemark.conformance.Scenario.Event;
import io.tidemark.window.Accumulation;
import io.tidemark.window.ClosingBehavior;
import io.tidemark.window.OnTimeBehavior;
import java.time.ZoneId;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One keyed window of a trial.
 *
 * @param unit what sizes are multiples of, in milliseconds
 * @param size window size, session gap, or number of events; in units
 * @param slide slide, longest session, or step; in units
 * @param offset in milliseconds
 * @param everyEvents 0 for not
 * @param step of event time in milliseconds, 0 for not
 * @param clock interval in milliseconds, 0 for not
 * @param condition whether a condition gives panes
 * @param allowedLateness in milliseconds
 * @param closing null for the usual one
 * @param horizon of empty windows in milliseconds, 0 for none
 */
record TrialDeclaration(
        long unit,
        Kind kind,
        int size,
        int slide,
        long offset,
        ZoneId zone,
        Keys keys,
        TriggerKind trigger,
        int everyEvents,
        long step,
        long clock,
        boolean condition,
        int lateEvery,
        long allowedLateness,
        Accumulation accumulation,
        @Nullable ClosingBehavior closing,
        OnTimeBehavior onTime,
        boolean suppressUnchanged,
        long horizon,
        boolean ordered,
        TrialAggregate aggregate) {

    enum Kind {
        TUMBLING,
        SLIDING,
        SESSION,
        SESSION_LONGEST,
        SESSION_BY,
        SESSION_BY_LONGEST,
        GLOBAL,
        DAYS,
        WEEKS,
        MONTHS,
        BUSINESS_DAYS,
        CUMULATING,
        CUMULATING_DAYS,
        COUNT,
        TIME_OR_COUNT,
        FOLLOWING,
        TUMBLING_BY,
        CUSTOM
    }

    enum Keys {
        OBJECTS,
        LONGS,
        NONE
    }

    enum TriggerKind {
        AFTER_WATERMARK,
        REPEATEDLY,
        NEVER
    }

    private static final Set<Kind> WITH_DAYS =
            EnumSet.of(Kind.DAYS, Kind.WEEKS, Kind.MONTHS, Kind.BUSINESS_DAYS, Kind.CUMULATING_DAYS);
    private static final Set<Kind> OWN_TRIGGER = EnumSet.of(Kind.COUNT, Kind.TIME_OR_COUNT);
    private static final Set<Kind> ON_GRID = EnumSet.of(
            Kind.TUMBLING,
            Kind.SLIDING,
            Kind.DAYS,
            Kind.WEEKS,
            Kind.BUSINESS_DAYS,
            Kind.CUMULATING,
            Kind.CUMULATING_DAYS);
    private static final Set<Kind> PER_WINDOW = EnumSet.of(
            Kind.SESSION,
            Kind.SESSION_LONGEST,
            Kind.SESSION_BY,
            Kind.SESSION_BY_LONGEST,
            Kind.FOLLOWING,
            Kind.TUMBLING_BY,
            Kind.CUSTOM);
    private static final List<String> ZONES = List.of(
            "America/Sao_Paulo",
            "America/St_Johns",
            "Pacific/Apia",
            "Europe/Paris",
            "America/Havana",
            "Australia/Lord_Howe",
            "UTC");

    static TrialDeclaration random(Random random, long unit) {
        Kind kind = random.nextInt(3) == 0
                ? Kind.values()[random.nextInt(3)]
                : Kind.values()[random.nextInt(Kind.values().length)];
        boolean ownTrigger = OWN_TRIGGER.contains(kind);
        int size = 1 + random.nextInt(24);
        int slide = 1 + random.nextInt(random.nextBoolean() ? 6 : 30);
        if (kind == Kind.SESSION_LONGEST) {
            slide += size;
        }
        long grid = unit * (kind == Kind.SLIDING ? slide : size);
        long offset = random.nextBoolean() ? 0 : (long) ((2 * random.nextDouble() - 1) * (grid - 1));
        TriggerKind trigger = random.nextInt(3) == 0
                ? TriggerKind.values()[random.nextInt(random.nextInt(4) == 0 ? 3 : 2)]
                : TriggerKind.AFTER_WATERMARK;
        int firings = ownTrigger || trigger == TriggerKind.NEVER
                ? 0
                : trigger == TriggerKind.REPEATEDLY
                        ? 1 + random.nextInt(15)
                        : random.nextBoolean() ? random.nextInt(16) : 0;
        Accumulation accumulation = ownTrigger ? Accumulation.DISCARDING : Accumulation.values()[random.nextInt(3)];
        boolean plainEnd = !ownTrigger && trigger == TriggerKind.AFTER_WATERMARK && firings == 0;
        boolean empty = plainEnd
                && ON_GRID.contains(kind)
                && !(kind == Kind.SLIDING && slide > size)
                && accumulation != Accumulation.RETRACTING
                && random.nextInt(3) == 0;
        boolean late = trigger == TriggerKind.AFTER_WATERMARK && !ownTrigger && random.nextInt(3) == 0;
        int lateEvery = late && !(empty && accumulation == Accumulation.DISCARDING) ? 1 + random.nextInt(4) : 1;
        boolean usual = random.nextInt(3) > 0;
        ClosingBehavior closing = usual ? null : ClosingBehavior.values()[random.nextInt(3)];
        if (empty && closing == ClosingBehavior.FIRE_ALWAYS) {
            closing = null;
        }
        return new TrialDeclaration(
                unit,
                kind,
                size,
                slide,
                offset,
                ZoneId.of(ZONES.get(random.nextInt(ZONES.size()))),
                Keys.values()[random.nextInt(8) == 0 ? 2 : random.nextInt(2)],
                trigger,
                (firings & 1) != 0 ? 1 + random.nextInt(4) : 0,
                (firings & 2) != 0 ? unit * (1 + random.nextInt(9)) : 0,
                (firings & 4) != 0 ? 1 + random.nextInt(9) : 0,
                (firings & 8) != 0,
                lateEvery,
                random.nextBoolean() ? 0 : unit * random.nextInt(40),
                accumulation,
                closing,
                OnTimeBehavior.values()[random.nextInt(3) == 0 ? 1 : 0],
                !empty && accumulation != Accumulation.DISCARDING && random.nextInt(6) == 0,
                empty ? unit * (1 + random.nextInt(100)) : 0,
                random.nextInt(3) == 0,
                TrialAggregate.random(random));
    }

    /** The same with its keys in the order of arrival, and so without empty windows, in which that order is not told. */
    TrialDeclaration inExactOrder() {
        return new TrialDeclaration(
                unit,
                kind,
                size,
                slide,
                offset,
                zone,
                keys,
                trigger,
                everyEvents,
                step,
                clock,
                condition,
                lateEvery,
                allowedLateness,
                accumulation,
                closing,
                onTime,
                suppressUnchanged,
                0,
                true,
                aggregate);
    }

    TrialDeclaration scaledTo(long otherUnit) {
        return new TrialDeclaration(
                otherUnit,
                kind,
                size,
                slide,
                offset / unit % Math.max(1, Math.min(size, slide)) * otherUnit,
                zone,
                keys,
                trigger,
                everyEvents,
                step / unit * otherUnit,
                clock,
                condition,
                lateEvery,
                allowedLateness / unit * otherUnit,
                accumulation,
                closing,
                onTime,
                suppressUnchanged,
                horizon / unit * otherUnit,
                ordered,
                aggregate);
    }

    boolean needsDays() {
        return WITH_DAYS.contains(kind);
    }

    boolean readsClock() {
        return clock > 0;
    }

    boolean bringsTrigger() {
        return OWN_TRIGGER.contains(kind);
    }

    boolean hasFiring() {
        return everyEvents > 0 || step > 0 || clock > 0 || condition;
    }

    /** Whether the order of keys in one window is part of the answer. */
    boolean orderIsExact() {
        return (ordered && horizon == 0)
                || PER_WINDOW.contains(kind)
                || hasFiring()
                || bringsTrigger()
                || accumulation == Accumulation.RETRACTING
                || suppressUnchanged
                || closing == ClosingBehavior.FIRE_ALWAYS
                || trigger == TriggerKind.REPEATEDLY
                || (trigger == TriggerKind.NEVER && closing != null && closing != ClosingBehavior.DISCARD)
                || (accumulation == Accumulation.DISCARDING && lateEvery > 1);
    }

    /** The gap or size that an event brings; sometimes none at all. */
    long inputOf(Event event) {
        int key = Integer.parseInt(event.key().substring(1));
        if (kind == Kind.TUMBLING_BY) {
            return key == 7 ? 0 : unit * (1 + key * 3L % 17);
        }
        long mixed = Math.floorMod(event.value() * 31 + key, 997);
        return mixed == 23 ? -mixed : unit * (mixed % 24 + 1);
    }
}
