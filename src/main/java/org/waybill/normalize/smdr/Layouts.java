package org.waybill.normalize.smdr;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.waybill.platform.Settings;
import org.waybill.platform.SmdrColumn;

/** The layouts by their names, those in columns as Avaya's Administrator's Guides have them. */
final class Layouts {
  private static final Map<String, String> COLUMNS =
      Map.of(
          "teleseer",
          "space:3,time:4,duration:4,cond-code:1,code-dial:3,code-used:3,dialed-num:15,"
              + "calling-num:5,acct-code:15,frl:1,ixc-code:1,in-crt-id:3,out-crt-id:3,feat-flag:1,"
              + "auth-code:7,space:7",
          "isdn-teleseer",
          "space:3,time:4,duration:4,cond-code:1,ixc-code:3,code-used:3,dialed-num:15,"
              + "calling-num:5,acct-code:15,ins-units:1,frl:1,in-crt-id:3,out-crt-id:3,feat-flag:1,"
              + "auth-code:7,ins-tens:2,space:5",
          "printer",
          "time:4,space:1,duration:4,space:1,cond-code:1,space:1,code-dial:3,space:1,code-used:3,"
              + "space:1,dialed-num:15,space:1,calling-num:5,space:1,acct-code:15,space:1,"
              + "auth-code:7,space:4,frl:1,space:1,ixc-code:1,space:1,in-crt-id:3,rest",
          "expanded",
          "time:4,space:1,duration:4,space:1,cond-code:1,space:1,code-dial:4,space:1,code-used:4,"
              + "space:1,dialed-num:15,space:1,calling-num:10,space:1,acct-code:15,rest",
          "int-isdn",
          "time:4,space:1,duration:4,space:1,cond-code:1,space:1,code-dial:4,space:1,code-used:4,"
              + "space:1,dialed-num:15,space:1,calling-num:10,space:1,acct-code:15,space:1,"
              + "auth-code:7,space:1,skip:1,space:1,frl:1,space:1,in-crt-id:3,space:1,"
              + "out-crt-id:3,space:1,feat-flag:1,space:1,attd-console:2,space:1,in-trk-code:4,"
              + "space:1,node-num:2,space:1,ins:3,space:1,ixc-code:4,space:1,bcc:1,space:1,"
              + "ma-uui:1,space:1,res-flag:1,rest",
          "unformatted",
          "time:4,duration:4,cond-code:1,code-dial:4,code-used:4,dialed-num:15,calling-num:10,"
              + "acct-code:15,auth-code:7,skip:2,frl:1,in-crt-id:3,out-crt-id:3,feat-flag:1,skip:8,"
              + "node-num:2,ins:5,ixc-code:3,bcc:1,ma-uui:1,res-flag:1,tsc-ct:4,tsc-flag:1,skip:2");

  private final Map<String, Layout> all = new HashMap<>();

  /**
   * @param custom columns of the layout of that name; empty when there is none
   */
  Layouts(List<SmdrColumn> custom) {
    all.put("simple", new SimpleLayout());
    all.put("ipoffice", new IpOfficeLayout());
    COLUMNS.forEach((name, columns) -> all.put(name, new ColumnLayout(SmdrColumn.list(columns))));
    if (!custom.isEmpty()) {
      all.put("custom", new ColumnLayout(custom));
    }
  }

  static Layouts of(Settings settings) {
    return new Layouts(settings.smdr().custom());
  }

  Optional<Layout> find(String name) {
    return Optional.ofNullable(all.get(name));
  }
}
