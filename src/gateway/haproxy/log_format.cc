#include "gateway/haproxy/log_format.h"

#include "gateway/haproxy/text.h"

namespace everseal::gateway::haproxy {
namespace {

// What a client chose is cut, has no octet but unreserved ones and %XX, and stands at the end:
// whatever it is, it is no word of its own, and keeps nothing out of the line but what others
// chose.
std::string chosen(const std::string& fetch, int most) {
  return fetch + ",bytes(0," + std::to_string(most) + "),url_enc";
}
constexpr int most_of_name = 255;     // of a host or a server: what DNS has room for
constexpr int most_of_subject = 512;  // and of a user agent, and of a trace
constexpr int most_of_location = 1024;

std::string certificate_words() {
  return "serial=%[ssl_c_serial,hex] not_before=%[ssl_c_notbefore] not_after=%[ssl_c_notafter]"
         " subject=%[" +
         chosen("ssl_c_s_dn(,0,rfc2253)", most_of_subject) + "]";
}

std::string common_words() {
  return " at=%[date(0,us)] accepted=%Ts%ms front=%f id=%[var(sess.tid)] client=%ci:%cp"
         " here=%fi:%fp version=%sslv cipher=%sslc handshake_ms=%Th refused=%[var(sess.refused)]"
         " status=%ST state=%ts";
}

std::string request_format() {
  return "request" + common_words() +
         " target_status=%[var(txn.target_status)] received=%U sent=%B"
         " times=%TR/%Tw/%Tc/%Tr/%Td/%Ta back=%b target=%si:%sp rule=%[var(txn.rule)]"
         " own=%[var(sess.own)] new=%[var(txn.new)] sni=%[var(sess.sni)] method=%HM http=%HV"
         " trace=%[" +
         chosen("var(txn.traced)", most_of_subject) +
         "] host=%[var(txn.host)] agent=%[var(txn.agent)] location=%[" +
         chosen("var(txn.place)", most_of_location) + "] uri=%HU";
}

// Of what never became a request: connections that failed or were refused, and those of HTTP/1 that
// ended, or said what is none.
std::string connection_format() {
  return "connection" + common_words() +
         " fc_err=%[fc_err] hs_err=%[ssl_fc_err,hex] c_err=%[ssl_c_err] ca_err=%[ssl_c_ca_err]"
         " own=%[var(sess.own)] new=%[var(sess.new),bytes(0,1)] sni=%[" +
         chosen("ssl_fc_sni", most_of_name) + "] " + certificate_words();
}

}  // namespace

std::string log_target() {
  return "log fd@" + std::to_string(log_descriptor) + " len " + std::to_string(longest_log_line) +
         " format raw local0";
}

LoggingLines logging_lines(bool has_tls) {
  LoggingLines lines;
  // Of the first request alone, which takes it along: others need not tell again who is connected.
  const std::string is_new = as_word("1 " + certificate_words());
  if (has_tls) {
    lines.session = {"tcp-request session set-var(sess.own) ssl_f_der,sha2(256),bytes(0,8),hex",
                     "tcp-request session set-var(sess.sni) " + chosen("ssl_fc_sni", most_of_name),
                     "tcp-request session set-var-fmt(sess.new) " + is_new};
    lines.refusal = {"tcp-request content set-var-fmt(txn.new) " + is_new +
                     " if { var(sess.refused) -m found }"};
  } else {
    lines.session = {"tcp-request session set-var(sess.new) str(1)"};
  }
  lines.content = {"tcp-request content set-var(txn.new) var(sess.new)",
                   "tcp-request content unset-var(sess.new)"};
  lines.requests = {
      "http-request set-var(txn.host) " + chosen("req.hdr(host)", most_of_name),
      "http-request set-var(txn.agent) " + chosen("req.fhdr(user-agent)", most_of_subject),
      "http-response set-var(txn.target_status) status"};
  lines.formats = {"log-format " + as_word(request_format()),
                   "error-log-format " + as_word(connection_format())};
  return lines;
}

}  // namespace everseal::gateway::haproxy
