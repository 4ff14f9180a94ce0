package org.waybill.bench;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.stream.Collectors;

/** The document of an answered inbound call with its variables, applications and two callflows. */
record SwitchLeg(Instant end, int rmOrgId) {
  private static final DateTimeFormatter STAMP =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss").withZone(ZoneOffset.UTC);

  /**
   * Name and value, a line each; {@code ~u~}, {@code ~h~} and {@code ~n~} differ from call to call.
   */
  private static final String VARIABLES =
      """
      direction inbound
      uuid ~u~
      session_id ~n~
      sip_from_user 1555~n~
      sip_from_uri 1555~n~@sbc-3.carrier.example
      sip_from_host sbc-3.carrier.example
      video_media_flow disabled
      audio_media_flow sendrecv
      text_media_flow disabled
      channel_name sofia/external/1555~n~@sbc-3.carrier.example
      sip_call_id ~h~~h~@192.0.2.17
      sip_local_network_addr 198.51.100.20
      sip_network_ip 192.0.2.17
      sip_network_port 5060
      sip_invite_stamp ~n~123456
      sip_received_ip 192.0.2.17
      sip_received_port 5060
      sip_via_protocol udp
      sip_from_user_stripped 1555~n~
      sip_from_tag ~h~
      sofia_profile_name external
      sofia_profile_url sip:mod_sofia@198.51.100.20:5080
      recovery_profile_name external
      sip_cid_type rpid
      sip_full_route <sip:192.0.2.17;lr;ftag=~h~>
      sip_allow INVITE, ACK, CANCEL, OPTIONS, BYE, UPDATE, PRACK, REFER, NOTIFY, INFO
      sip_req_user 1556~n~
      sip_req_uri 1556~n~@198.51.100.20:5080
      sip_req_host 198.51.100.20
      sip_to_user 1556~n~
      sip_to_uri 1556~n~@198.51.100.20
      sip_to_host 198.51.100.20
      sip_contact_params transport=udp;alias=192.0.2.17~5060~1
      sip_contact_user 1555~n~
      sip_contact_uri 1555~n~@192.0.2.17
      sip_contact_host 192.0.2.17
      sip_via_host 192.0.2.17
      sip_via_rport 5060
      sip_full_via SIP/2.0/UDP 192.0.2.17;branch=z9hG4bK~h~.~h~;received=192.0.2.17;rport=5060,SIP/2.0/UDP 10.4.0.~n~:5060;branch=z9hG4bK~h~
      sip_recover_via SIP/2.0/UDP 192.0.2.17;branch=z9hG4bK~h~.~h~;received=192.0.2.17;rport=5060,SIP/2.0/UDP 10.4.0.~n~:5060;branch=z9hG4bK~h~
      sip_full_from "Example Caller" <sip:1555~n~@sbc-3.carrier.example>;tag=~h~
      sip_full_to <sip:1556~n~@198.51.100.20>;tag=~h~
      sip_user_agent ExampleSBC 7.2.4
      max_forwards 67
      call_uuid ~u~
      ep_codec_string CORE_PCM_MODULE.PCMU@8000h@20i@64000b,CORE_PCM_MODULE.PCMA@8000h@20i@64000b
      presence_id 1555~n~@sbc-3.carrier.example
      switch_r_sdp v=0\\r\\no=- ~n~ ~n~ IN IP4 192.0.2.33\\r\\ns=-\\r\\nc=IN IP4 192.0.2.33\\r\\nt=0 0\\r\\nm=audio 20514 RTP/AVP 0 8 101\\r\\na=rtpmap:0 PCMU/8000\\r\\na=rtpmap:8 PCMA/8000\\r\\na=rtpmap:101 telephone-event/8000\\r\\na=fmtp:101 0-15\\r\\na=ptime:20\\r\\n
      rtp_local_sdp_str v=0\\r\\no=FreeSWITCH ~n~ ~n~ IN IP4 198.51.100.20\\r\\ns=FreeSWITCH\\r\\nc=IN IP4 198.51.100.20\\r\\nt=0 0\\r\\nm=audio 20514 RTP/AVP 0 101\\r\\na=rtpmap:0 PCMU/8000\\r\\na=rtpmap:101 telephone-event/8000\\r\\na=ptime:20\\r\\na=sendrecv\\r\\n
      rtp_use_codec_string PCMU,PCMA
      rtp_use_codec_name PCMU
      rtp_use_codec_rate 8000
      rtp_use_codec_ptime 20
      rtp_use_codec_channels 1
      rtp_use_timer_name soft
      rtp_use_pt 0
      rtp_use_ssrc ~n~
      rtp_2833_send_payload 101
      rtp_2833_recv_payload 101
      remote_media_ip 192.0.2.33
      remote_media_port 20514
      local_media_ip 198.51.100.20
      local_media_port 20514
      advertised_media_ip 198.51.100.20
      read_codec PCMU
      read_rate 8000
      write_codec PCMU
      write_rate 8000
      dtmf_type rfc2833
      endpoint_disposition ANSWER
      domain_name pbx.customer.example
      user_context public
      default_language en
      call_direction inbound
      hangup_after_bridge true
      continue_on_fail true
      record_stereo true
      recording_file /var/lib/freeswitch/recordings/~u~.wav
      export_vars domain_name,rmOrgID,rmUserID,call_direction
      rmOrgID ~o~
      rmUserID agent_~n~
      rmTaskPriority high
      rmDispStoreItems 1
      rmDispStorePriority_0 high
      RFC2822_DATE Sat, 21 Nov 2026 09:14:07 +0000
      DP_MATCH ARRAY::1556~n~|:1556~n~
      current_application_data user/1001@pbx.customer.example
      current_application bridge
      dialed_user 1001
      dialed_domain pbx.customer.example
      originated_legs ARRAY::~h~;Agent 1001;1001|:~h~;Agent 1001;1001
      signal_bond ~h~-~h~
      last_sent_callee_id_name Agent 1001
      last_sent_callee_id_number 1001
      bridge_channel sofia/internal/1001@10.9.8.7:5060
      bridge_uuid ~h~-~h~
      last_bridge_to ~h~-~h~
      last_bridge_role originator
      sip_term_status 200
      proto_specific_hangup_cause sip:200
      sip_term_cause 16
      sip_hangup_disposition recv_bye
      hangup_cause NORMAL_CLEARING
      hangup_cause_q850 16
      digits_dialed none
      start_stamp ~S~
      profile_start_stamp ~S~
      answer_stamp ~A~
      bridge_stamp ~A~
      progress_stamp ~S~
      end_stamp ~E~
      start_epoch ~s~
      start_uepoch ~s~340000
      answer_epoch ~a~
      answer_uepoch ~a~120000
      bridge_epoch ~a~
      progress_epoch ~s~
      progress_media_epoch 0
      end_epoch ~e~
      end_uepoch ~e~340000
      last_app bridge
      last_arg user/1001@pbx.customer.example
      caller_id "Example Caller" <1555~n~>
      duration 251
      billsec 245
      progresssec 1
      answersec 6
      waitsec 6
      progress_mediasec 0
      flow_billsec 251
      mduration 251340
      billmsec 245120
      uduration 251340000
      billusec 245120000
      sip_h_X-Carrier-Route trunk-17;lcr=~n~
      sip_h_X-Correlation ~h~-~h~
      hold_accum_seconds 0
      hold_accum_ms 0
      hold_accum_usec 0
      """;

  private static final List<String> FIGURES =
      List.of(
          "raw_bytes",
          "media_bytes",
          "packet_count",
          "media_packet_count",
          "skip_packet_count",
          "jitter_packet_count",
          "dtmf_packet_count",
          "cng_packet_count",
          "flush_packet_count",
          "largest_jb_size",
          "jitter_min_variance",
          "jitter_max_variance",
          "jitter_loss_rate",
          "jitter_burst_rate",
          "mean_interval",
          "flaw_total",
          "quality_percentage",
          "mos");

  private static final String CALLFLOW =
      """
        <callflow dialplan="XML" unique-id="~h~" profile_index="%1$d">
          <extension name="to_agents" number="1556~n~">
            <application app_name="set" app_data="hangup_after_bridge=true"></application>
            <application app_name="export" app_data="rmOrgID=~o~"></application>
            <application app_name="answer" app_data=""></application>
            <application app_name="record_session" app_data="/var/lib/freeswitch/recordings/~u~.wav"></application>
            <application app_name="bridge" app_data="user/1001@pbx.customer.example"></application>
          </extension>
          <caller_profile>
            <username>1555~n~</username>
            <dialplan>XML</dialplan>
            <caller_id_name>Example Caller</caller_id_name>
            <caller_id_number>+1555~n~</caller_id_number>
            <callee_id_name>Agent 1001</callee_id_name>
            <callee_id_number>1001</callee_id_number>
            <ani>1555~n~</ani>
            <network_addr>192.0.2.17</network_addr>
            <destination_number>1556~n~</destination_number>
            <uuid>~u~</uuid>
            <source>mod_sofia</source>
            <context>public</context>
            <chan_name>sofia/external/1555~n~@sbc-3.carrier.example</chan_name>
          </caller_profile>
          <times>
            <created_time>~s~000000</created_time>
            <profile_created_time>~s~000000</profile_created_time>
            <progress_time>~s~000000</progress_time>
            <progress_media_time>0</progress_media_time>
            <answered_time>~a~000000</answered_time>
            <hangup_time>~e~000000</hangup_time>
            <transfer_time>0</transfer_time>
          </times>
        </callflow>
      """;

  String xml() {
    return fill(
        "<?xml version=\"1.0\"?>\n"
            + "<cdr core-uuid=\"6b7f0f3a-0d1c-4a57-8a69-0a1b2c3d4e5f\" switchname=\"pbx-1\">\n"
            + "  <channel_data>\n    <state>CS_REPORTING</state>\n    <direction>inbound</direction>\n"
            + "    <flags>0=1;1=1;3=1;20=1;38=1;40=1;43=1;112=1</flags>\n  </channel_data>\n"
            + "  <call-stats>\n    <audio>\n      <inbound>\n"
            + figures("        ", "")
            + "      </inbound>\n    </audio>\n  </call-stats>\n"
            + "  <variables>\n"
            + variables()
            + figures("    ", "rtp_audio_in_")
            + figures("    ", "rtp_audio_out_")
            + "  </variables>\n"
            + CALLFLOW.formatted(2)
            + CALLFLOW.formatted(1)
            + "</cdr>\n");
  }

  private static String variables() {
    StringBuilder xml = new StringBuilder();
    for (String line : VARIABLES.lines().toList()) {
      String name = line.substring(0, line.indexOf(' '));
      String value = line.substring(line.indexOf(' ') + 1).translateEscapes();
      xml.append("    <" + name + ">" + SwitchDocuments.encode(value) + "</" + name + ">\n");
    }
    return xml.toString();
  }

  private static String figures(String indent, String prefix) {
    return FIGURES.stream()
        .map(one -> "%s<%s%s>~n~</%s%s>%n".formatted(indent, prefix, one, prefix, one))
        .collect(Collectors.joining());
  }

  private String fill(String xml) {
    Instant start = end.minusSeconds(251);
    Instant answer = end.minusSeconds(245);
    return xml.replace("~o~", String.valueOf(rmOrgId))
        .replace("~S~", SwitchDocuments.encode(STAMP.format(start)))
        .replace("~A~", SwitchDocuments.encode(STAMP.format(answer)))
        .replace("~E~", SwitchDocuments.encode(STAMP.format(end)))
        .replace("~s~", String.valueOf(start.getEpochSecond()))
        .replace("~a~", String.valueOf(answer.getEpochSecond()))
        .replace("~e~", String.valueOf(end.getEpochSecond()));
  }
}
