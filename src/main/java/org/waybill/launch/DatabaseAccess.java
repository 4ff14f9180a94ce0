package org.waybill.launch;

import com.mysql.cj.jdbc.MysqlDataSource;
import java.sql.Connection;
import java.sql.SQLException;

/** How the server reaches its database. */
record DatabaseAccess(String url, String schema, String user, String password) {
  /** Everything but the password. */
  @Override
  public String toString() {
    return user + " at " + url;
  }

  MysqlDataSource dataSource() {
    MysqlDataSource dataSource = new MysqlDataSource();
    dataSource.setUrl(url);
    dataSource.setUser(user);
    dataSource.setPassword(password);
    return dataSource;
  }

  Connection connect() throws SQLException {
    return dataSource().getConnection();
  }
}
