package org.waybill.bench;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.UUID;

/** CDRs in our own schema, about 1.5 KB, with one task of one storage item. */
final class OwnDocuments implements Documents {
  private final String beforeUuid;
  private final String afterUuid;

  OwnDocuments(Instant now) {
    String day =
        DateTimeFormatter.BASIC_ISO_DATE.format(now.atOffset(ZoneOffset.UTC).toLocalDate());
    this.beforeUuid = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<cdr>\n  <data>\n    <uuid>";
    this.afterUuid =
        """
        </uuid>
            <TimeZoneOffset>-300</TimeZoneOffset>
            <StartEpoch>%d</StartEpoch>
            <TableSuffix>%s</TableSuffix>
            <LegUUID>f9e8d7c6-b5a4-3210-9876-543210fedcba</LegUUID>
            <rmOrgID>%d</rmOrgID>
            <rmUserID>user_42</rmUserID>
            <variables>
              <caller_id_number>+15551234567</caller_id_number>
              <caller_id_name>Example Caller</caller_id_name>
              <destination_number>+15559876543</destination_number>
              <call_direction>inbound</call_direction>
              <context>public</context>
              <duration>251</duration>
              <billsec>245</billsec>
              <hangup_cause>NORMAL_CLEARING</hangup_cause>
              <sip_from_user>15551234567</sip_from_user>
              <sip_to_host>sip.example.com</sip_to_host>
              <read_codec>opus</read_codec>
              <write_codec>opus</write_codec>
              <rtp_audio_in_packet_count>12431</rtp_audio_in_packet_count>
              <rtp_audio_out_packet_count>12405</rtp_audio_out_packet_count>
              <rtp_audio_in_mos>4.50</rtp_audio_in_mos>
              <record_path>/recordings/2026/11/21/f9e8d7c6.wav</record_path>
            </variables>
          </data>
          <tasks>
            <task type="CDRToSGAPI" priority="high">
              <rmDispStoreItems>1</rmDispStoreItems>
              <rmDispStorePriority_0>high</rmDispStorePriority_0>
            </task>
          </tasks>
        </cdr>
        """
            .formatted(now.getEpochSecond(), day, ORGANIZATION);
  }

  @Override
  public String path() {
    return "/api/cdrs";
  }

  @Override
  public String contentType() {
    return "application/xml";
  }

  @Override
  public int stored() {
    return 201;
  }

  @Override
  public byte[] body(UUID uuid) {
    return (beforeUuid + uuid + afterUuid).getBytes(US_ASCII);
  }
}
