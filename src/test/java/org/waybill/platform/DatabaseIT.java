package org.waybill.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.inject.Inject;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.waybill.testing.Deployments;

@Tag("container")
@ExtendWith(ArquillianExtension.class)
class DatabaseIT {
  @Inject private Database database;

  @Deployment
  static WebArchive war() {
    return Deployments.openWar();
  }

  @Test
  void usesThePoolOfTheServerAtReadCommitted() {
    String isolation =
        database.read(
            "read the isolation",
            connection -> {
              try (ResultSet row =
                  connection.createStatement().executeQuery("SELECT @@transaction_isolation")) {
                row.next();
                return row.getString(1);
              }
            });
    assertThat(isolation).isEqualTo("READ-COMMITTED");
  }

  @Test
  void rollsBackWhatFailed() {
    assertThatThrownBy(
            () ->
                database.transact(
                    "fail half-way",
                    connection -> {
                      connection
                          .createStatement()
                          .executeUpdate(
                              "INSERT INTO first_start (what, at) VALUES ('test', NOW(3))");
                      throw new SQLException("half-way");
                    }))
        .isInstanceOf(DatabaseException.class);
    Integer rows =
        database.read(
            "count",
            connection -> {
              try (ResultSet row =
                  connection
                      .createStatement()
                      .executeQuery("SELECT COUNT(*) FROM first_start WHERE what = 'test'")) {
                row.next();
                return row.getInt(1);
              }
            });
    assertThat(rows).isZero();
  }
}
