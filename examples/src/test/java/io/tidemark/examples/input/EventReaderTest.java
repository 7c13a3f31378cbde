package io.tidemark.examples.input;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.tidemark.examples.units.MinorUnits;
import io.tidemark.examples.units.TimestampFormat;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.Currency;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EventReaderTest {

    @TempDir
    Path folder;

    private EventLog read(String text) throws IOException {
        Path file = Files.writeString(folder.resolve("events.csv"), text);
        EventReader reader = new EventReader(
                new EventColumns("at", "received", "key", "amount"),
                TimestampFormat.of("epoch-millis", ZoneOffset.UTC),
                MinorUnits.of(Currency.getInstance("EUR")),
                ',');
        return reader.read(EventFile.of(file), UnaryOperator.identity());
    }

    @Test
    void eventsComeInOrderOfArrivalThenRow() throws IOException {
        EventLog log = read("at,received,key,amount\n1,30,a,1\n2,10,b,2\n3,30,c,3\n4,20,d,-4\n");

        assertThat(log.events()).extracting(EventRow::row).containsExactly(2L, 4L, 1L, 3L);
        assertThat(log.total()).isEqualTo(200);
        assertThat(log.negative()).isEqualTo(1);
        assertThat(log.rows()).isEqualTo(4);
    }

    @Test
    void windowsLineEndsByteOrderMarkAndBlankLinesAreNoMatter() throws IOException {
        EventLog log = read("\uFEFFat,received,key,amount\r\n\r\n1,2,a,1\r\n  \r\n3,4,\"b\",2\r\n\r\n");

        assertThat(log.events()).containsExactly(new EventRow(1, 1, 2, "a", 100), new EventRow(2, 3, 4, "b", 200));
        assertThat(log.rejected()).isEmpty();
    }

    @Test
    void lineNumbersCountAllLinesOfTheFile() throws IOException {
        EventLog log = read("at,received,key,amount\n\n1,2,\"a\nb\",1\nx,2,a,1\n");

        assertThat(log.events()).extracting(EventRow::key).containsExactly("a\nb");
        assertThat(log.rejected())
                .containsExactly(new RejectedRow(5, 2, "at: time does not read as epoch-millis", "x,2,a,1"));
    }

    @Test
    void aQuoteAmongOtherCharactersIsPartOfTheField() throws IOException {
        EventLog log = read("at,received,key,amount\n1,2,5\" pipe,1\n3,4,b,2\n");

        assertThat(log.events()).extracting(EventRow::key).containsExactly("5\" pipe", "b");
    }

    @Test
    void quotesThatStartAFieldButDoNotEndItAreMalformed() throws IOException {
        EventLog log = read("at,received,key,amount\n1,2,\"a\"b,1\n3,4,\"c,2\n5,6,\"d\",3\n7,8,e,4\n");

        assertThat(log.events()).extracting(EventRow::key).containsExactly("d", "e");
        assertThat(log.rejected()).extracting(RejectedRow::line).containsExactly(2L, 3L);
    }

    @Test
    void aQuoteThatIsClosedTooLateDoesNotSwallowWhatLiesBetween() throws IOException {
        String between = "1,2,a,1\n".repeat(Records.MOST_LINES);
        EventLog log = read("at,received,key,amount\n1,2,\"open,1\n" + between + "3,4,close\",2\n");

        assertThat(log.events()).hasSize(Records.MOST_LINES + 1);
        assertThat(log.rejected()).extracting(RejectedRow::reason).containsExactly("a quote is not closed");
    }

    @Test
    void aLineBeyondTheLimitIsRejectedAndNotKept() throws IOException {
        EventLog log = read("at,received,key,amount\n1,2," + "k".repeat(Lines.LONGEST_LINE) + ",1\n3,4,b,2\n");

        assertThat(log.events()).extracting(EventRow::key).containsExactly("b");
        assertThat(log.rejected()).singleElement().satisfies(row -> {
            assertThat(row.reason()).contains("longer than");
            assertThat(row.text()).hasSize(RejectedRow.LONGEST_TEXT);
        });
    }

    @Test
    void aColumnNamedTwiceIsRefused() {
        assertThatExceptionOfType(UnreadableFileException.class)
                .isThrownBy(() -> read("at,received,key,amount,key\n"))
                .withMessageContaining("names the column 'key' twice");
    }

    @Test
    void latencySaturatesAtTheEndsOfTime() {
        assertThat(new EventRow(1, 5, 3, "", 0).latency()).isEqualTo(-2);
        assertThat(new EventRow(1, Long.MIN_VALUE + 1, Long.MAX_VALUE - 1, "", 0).latency())
                .isEqualTo(Long.MAX_VALUE);
    }
}
