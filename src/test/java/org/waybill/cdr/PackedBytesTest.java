package org.waybill.cdr;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.waybill.testing.TestDatabase;

class PackedBytesTest {
  private final TestDatabase db = TestDatabase.fresh();

  @Test
  void isWhatTheDatabaseUnpacksAndUnpacksWhatTheDatabasePacks() {
    byte[] noise = new byte[300_000];
    new Random(7).nextBytes(noise);
    for (byte[] bytes : new byte[][] {{}, {32}, "é ".repeat(9_000).getBytes(UTF_8), noise}) {
      assertThat(ask("SELECT UNCOMPRESS(?)", PackedBytes.of(bytes).packed())).isEqualTo(bytes);
      assertThat(PackedBytes.stored(ask("SELECT COMPRESS(?)", bytes)).bytes()).isEqualTo(bytes);
    }
  }

  @Test
  void saysThatDamagedBytesAreUnreadable() {
    byte[] packed = PackedBytes.of("some words".repeat(100).getBytes(UTF_8)).packed().clone();
    packed[packed.length / 2] ^= 0x55;
    assertThatThrownBy(() -> PackedBytes.stored(packed).bytes())
        .isInstanceOf(UnreadableStoredXml.class);
    assertThatThrownBy(() -> PackedBytes.stored(new byte[] {1}).bytes())
        .isInstanceOf(UnreadableStoredXml.class);
  }

  private byte[] ask(String sql, byte[] given) {
    return db.database()
        .read(
            "ask",
            connection -> {
              try (PreparedStatement select = connection.prepareStatement(sql)) {
                select.setBytes(1, given);
                try (ResultSet row = select.executeQuery()) {
                  row.next();
                  return row.getBytes(1);
                }
              }
            });
  }
}
