package io.tidemark.testing;

import io.tidemark.window.TimeWindow;
import java.util.List;
import java.util.stream.Collectors;

/** Results of a model in a form that is quick to read: {@code 1 a [0, 10) [7] ON_TIME 0 last}. */
final class ExpectedTexts {

    private ExpectedTexts() {}

    static List<String> of(ReferenceModel<?, ?> model) {
        return model.panes().stream().map(ExpectedTexts::of).toList();
    }

    private static String of(ExpectedPane<?, ?> pane) {
        return pane.step() + " " + pane.key() + " " + pane.window() + " " + pane.values() + " "
                + pane.pane().timing() + " " + pane.pane().number()
                + (pane.pane().last() ? " last" : "")
                + (pane.retraction() ? " taken back" : "")
                + (pane.replaced().isEmpty() ? "" : " for " + windows(pane.replaced()));
    }

    private static String windows(List<TimeWindow> windows) {
        return windows.stream().map(TimeWindow::toString).collect(Collectors.joining(" "));
    }
}
