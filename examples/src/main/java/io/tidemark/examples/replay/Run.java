package io.tidemark.examples.replay;

import io.tidemark.examples.input.EventColumns;
import io.tidemark.examples.input.EventLog;
import io.tidemark.examples.units.MinorUnits;
import io.tidemark.examples.units.TimestampFormat;

/** All that is known after a run: what was asked for, what was read, what the engine found. Console and report are written from it. */
public record Run(
        String file,
        EventColumns columns,
        ReplaySettings settings,
        TimestampFormat times,
        MinorUnits amounts,
        EventLog log,
        ReplayResult result) {}
