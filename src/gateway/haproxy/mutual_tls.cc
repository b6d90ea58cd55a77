#include "gateway/haproxy/mutual_tls.h"

#include <algorithm>
#include <set>

#include "asn1/pem.h"
#include "encoding/ascii.h"
#include "gateway/haproxy/chain_script.h"
#include "gateway/haproxy/text.h"
#include "x509/certificate.h"

namespace everseal::gateway::haproxy {
namespace {

constexpr std::string_view nobodys_file = "nobody.pem";
// Its key was never written down.
constexpr std::string_view nobody =
    R"(-----BEGIN CERTIFICATE-----
MIIBeTCCAR+gAwIBAgIUdexL6jCTb/hgyvSvX7Zq5KcXb6owCgYIKoZIzj0EAwIw
ETEPMA0GA1UEAwwGbm9ib2R5MCAXDTI2MTEyMjE3NTUzMVoYDzIxMjYxMDI5MTc1
NTMxWjARMQ8wDQYDVQQDDAZub2JvZHkwWTATBgcqhkjOPQIBBggqhkjOPQMBBwNC
AAQHgs6OrzC5Iowk0lh/gYRj6O2x63PzWWIsV3qjDinuVO1wbIE7fQ6ZhfIVHm2p
vPY0ibPibcBXe2e60Oex58evo1MwUTAdBgNVHQ4EFgQUZ3whsL8Dzr0XXudEXH3+
1Y6wWt0wHwYDVR0jBBgwFoAUZ3whsL8Dzr0XXudEXH3+1Y6wWt0wDwYDVR0TAQH/
BAUwAwEB/zAKBggqhkjOPQQDAgNIADBFAiAc7HI+d2f+u1hvYvffN1qY7RP7xQz3
prrKA8kqXMu06gIhAJMyF0fSnFVxUFl9XwZITeAG0+CbV1047EhJr+wWnKA6
-----END CERTIFICATE-----
)";

constexpr std::string_view is_refused = "{ var(sess.refused) -m found }";

std::string bundle_file(std::string_view store) { return name_of('s', store) + ".pem"; }
std::string issuers_file(std::string_view store) { return name_of('s', store) + ".issuers"; }

// "20" and "2025-01-02T03:04:05Z" of "250102030405Z". A certificate's dates of 2050 and after have
// four digits there, which HAProxy 2.6 cuts to two up to 2099.
std::string date(std::string_view fetch) {
  return "%[" + std::string(fetch) +
         R"(,regsub("^(..)(..)(..)(..)(..)(..)Z$","20\1-\2-\3T\4:\5:\6Z")])";
}

std::string set(const std::string& name, const std::string& format) {
  return "http-request set-header " + as_word(name) + " '" + format + "'";
}

// Every spelling of a name that some server would take for it: what is no letter and no digit may
// be any other such character.
std::string spellings(std::string_view name) {
  std::string expression;
  for (const char letter : encoding::lower_case(name)) {
    const bool is_plain = (letter >= 'a' && letter <= 'z') || (letter >= '0' && letter <= '9');
    expression += is_plain ? std::string(1, letter) : "[^a-z0-9]";
  }
  return expression;
}

std::string session(const std::string& variable, const std::string& format) {
  return "tcp-request session set-var-fmt(sess." + variable + ") '" + format + "'";
}

// What targets are told of a client, made once a connection: a request then costs no more than
// the look at a variable.
std::vector<std::string> remembering_lines() {
  const std::string leaf =
      "-----BEGIN%%20CERTIFICATE-----%%0A"
      R"lines(%[ssl_c_der,base64,regsub(".{64}(?=.)","\0%0A",g)])lines"
      "%%0A-----END%%20CERTIFICATE-----%%0A";
  return {
      "tcp-request session set-var(sess.subject) ssl_c_s_dn(,0,rfc2253)",
      session("validity",
              "NotBefore=" + date("ssl_c_notbefore") + ";NotAfter=" + date("ssl_c_notafter")),
      session("leaf", leaf),
      "tcp-request session set-var(sess.chained) bool(true) if { ssl_c_chain_der -m len gt 0 }"};
}

void append(std::vector<std::string>& lines, const std::vector<std::string>& more) {
  lines.insert(lines.end(), more.begin(), more.end());
}

// How clients of a listener are judged; `rules`: those of the "session" or of the "content".
struct Judging {
  const std::string& store;
  const std::vector<std::string>& before_refusal;
  bool heeds_outdated_lists;

  std::string refusing(std::string_view rules, std::string_view reason,
                       const std::string& key) const {
    return "tcp-request " + std::string(rules) + " set-var(sess.refused) str(" +
           std::string(reason) + ") if { " + key + ",map_str(" + revoked_file(store) +
           ") -m found }";
  }
  std::string refusing_revoked(std::string_view rules, const std::string& key) const {
    return refusing(rules, "revoked", key);
  }
  // Of an issuer none of whose lists counts any more.
  std::vector<std::string> refusing_outdated(std::string_view rules,
                                             const std::string& issuer) const {
    if (!heeds_outdated_lists) return {};
    return {refusing(rules, "outdated", "str(*),concat(:," + issuer + ")")};
  }
};

// Of one certificate above the client's own, after those below it. Whoever revokes for the first
// time may become known while the connection stands.
std::vector<std::string> above_lines(const Judging& judging, int which) {
  const std::string number = std::to_string(which);
  const std::string issuer = "sess.by" + number;
  const std::string find_key =
      "tcp-request content set-var(" + issuer + ") var(sess.above" + number + "),map_str(";
  const std::string if_unknown = ") if !{ var(" + issuer + ") -m found }";
  std::vector<std::string> lines = {
      "tcp-request content accept if !{ var(sess.above" + number + ") -m found }",
      find_key + issuers_file(judging.store) + if_unknown,
      find_key + revokers_file(judging.store) + if_unknown};
  append(lines, judging.refusing_outdated("content", issuer));
  lines.push_back(judging.refusing_revoked(
      "content", "var(sess.serial" + number + "),concat(:," + issuer + ")"));
  append(lines, judging.before_refusal);
  lines.push_back("tcp-request content reject if " + std::string(is_refused));
  return lines;
}

std::vector<std::string> verify_session_lines(const Judging& judging) {
  const std::string has_key = "{ var(sess.iss) -m len 16 } { var(sess.serial) -m found }";
  std::vector<std::string> lines = {
      "tcp-request session set-var(sess.issuer) ssl_c_i_dn(,0,rfc2253)",
      "tcp-request session set-var(sess.serial) ssl_c_serial,hex",
      "tcp-request session set-var(sess.iss) var(sess.issuer),sha1,bytes(0,8),hex",
      "tcp-request session set-var(sess.key) var(sess.serial),concat(:,sess.iss)",
      // Without a key nothing could be looked up.
      "tcp-request session set-var(sess.refused) str(nameless) unless " + has_key,
      "tcp-request session reject unless " + has_key};
  append(lines, judging.refusing_outdated("session", "sess.iss"));
  append(lines, {judging.refusing_revoked("session", "var(sess.key)"),
                 "tcp-request session reject if " + std::string(is_refused),
                 "tcp-request session set-var-fmt(sess.live) %[var(sess.key)]@%[src]:%[src_port]",
                 "tcp-request session track-sc0 var(sess.live) table live"});
  append(lines, remembering_lines());
  return lines;
}

std::vector<std::string> verify_content_lines(const Judging& judging) {
  const std::string unless_read = " if !{ var(sess.depth) -m found }";
  const std::string refuse = "tcp-request content reject if " + std::string(is_refused);
  auto lines = judging.refusing_outdated("content", "sess.iss");
  lines.push_back(judging.refusing_revoked("content", "var(sess.key)"));
  append(lines, judging.before_refusal);
  append(
      lines,
      {refuse, "tcp-request content accept if !{ var(sess.chained) -m bool }",
       "tcp-request content lua.mtls_remember" + unless_read,
       // Before anything is looked up: what is revoked from here on finds it in the table.
       "tcp-request content track-sc1 var(sess.path) table live_paths",
       // A chain that cannot be read, or whose reading failed, is no better than a revoked one.
       "tcp-request content set-var(sess.refused) str(revoked)" + unless_read,
       "tcp-request content set-var(sess.refused) str(depth) if { var(sess.depth) -m int gt 4 }"});
  append(lines, judging.before_refusal);
  lines.push_back(refuse);
  for (const int which : {1, 2, 3}) append(lines, above_lines(judging, which));
  return lines;
}

}  // namespace

std::string bind_words(const MutualTls& mutual) {
  switch (mutual.mode) {
    case MutualTlsMode::Off:
      return "";
    case MutualTlsMode::Passthrough:
      return " ca-file " + std::string(nobodys_file) +
             " verify optional crt-ignore-err all ca-ignore-err all no-ca-names no-tls-tickets";
    case MutualTlsMode::Verify: {
      // 2: an intermediate of the store needs nobody above it. 10: what has expired.
      const std::string expired = mutual.ignore_expiry ? ",10" : "";
      return " ca-file " + bundle_file(mutual.trust_store) + " verify required ca-ignore-err 2" +
             expired + (mutual.ignore_expiry ? " crt-ignore-err 10" : "") +
             (mutual.advertise_names ? "" : " no-ca-names") + " no-tls-tickets";
    }
  }
  return "";
}

JudgingLines judging_lines(const MutualTls& mutual, const std::vector<std::string>& before_refusal,
                           const Settings& settings) {
  switch (mutual.mode) {
    case MutualTlsMode::Off:
      return {};
    case MutualTlsMode::Passthrough:
      return {.session = {},
              .content = {"tcp-request content set-var(sess.chain) lua.mtls_chain if { ssl_c_used }"
                          " !{ var(sess.chain) -m found }"}};
    case MutualTlsMode::Verify: {
      const Judging judging{mutual.trust_store, before_refusal, settings.heeds_outdated_lists};
      return {.session = verify_session_lines(judging), .content = verify_content_lines(judging)};
    }
  }
  return {};
}

// One expression for all, as HAProxy tries each with each header of a request.
Result<std::vector<std::string>> stripping_lines(const Tls& tls) {
  std::set<std::string> more;
  const auto& headers = tls.mutual.headers;
  for (const auto* name : {&headers.chain, &headers.serial_number, &headers.issuer,
                           &headers.subject, &headers.validity, &headers.leaf}) {
    if (const auto sound = check_header_name(*name); !sound) return sound.error();
    if (!encoding::lower_case(*name).starts_with("x-amzn-mtls-")) {
      more.insert(spellings(*name) + "$");
    }
  }
  for (const auto* name : {&tls.headers.version, &tls.headers.cipher_suite}) {
    if (const auto sound = check_header_name(*name); !sound) return sound.error();
    const auto lower = encoding::lower_case(*name);
    if (lower != "x-amzn-tls-version" && lower != "x-amzn-tls-cipher-suite") {
      more.insert(spellings(*name) + "$");
    }
  }
  std::string expression = "^(" + spellings("x-amzn-mtls") + "([^a-z0-9]|$)|" +
                           spellings("x-amzn-tls-") + "(version|" + spellings("cipher-suite") +
                           ")$";
  for (const auto& each : more) expression += "|" + each;
  return std::vector<std::string>{"http-request del-header " + as_word(expression + ")") +
                                  " -m reg"};
}

std::vector<std::string> telling_lines(const MutualTls& mutual) {
  const auto& names = mutual.headers;
  switch (mutual.mode) {
    case MutualTlsMode::Off:
      return {};
    case MutualTlsMode::Passthrough:
      return {set(names.chain, "%[var(sess.chain)]") + " if { var(sess.chain) -m found }"};
    case MutualTlsMode::Verify:
      return {set(names.serial_number, "%[var(sess.serial)]"),
              set(names.issuer, "%[var(sess.issuer)]"), set(names.subject, "%[var(sess.subject)]"),
              set(names.validity, "%[var(sess.validity)]"), set(names.leaf, "%[var(sess.leaf)]")};
  }
  return {};
}

namespace {

// No path may lead through it. A root answers for itself: only those below it can be outdated.
template <class Keys>
bool is_refused_ca(const x509::Certificate& ca, const std::string& issuer_key,
                   const Keys& revoked) {
  const bool is_root = std::ranges::equal(ca.subject().der(), ca.issuer().der());
  return revoked.contains(revocation_key(ca.serial(), issuer_key)) ||
         (!is_root && revoked.contains(outdated_key(issuer_key)));
}

}  // namespace

Result<Fallen> fallen_by(const std::unordered_set<std::string_view>& keys, const TrustStore& store,
                         const Revocations& revoked) {
  const auto bundle = x509::Certificate::parse_pem_chain(store.bundle);
  if (!bundle) return bundle.error();
  Fallen fallen;
  std::set<std::string> trusted;
  for (const auto& ca : *bundle) {
    const auto above = issuer_key(ca.issuer());
    if (!above) return above.error();
    const auto own = issuer_key(ca.subject());
    if (!own) return own.error();
    if (!is_refused_ca(ca, *above, revoked)) trusted.insert(*own);
    if (!is_refused_ca(ca, *above, keys)) continue;
    fallen.keys.insert(outdated_key(*own));
    if (const auto named = add_issuer_name(ca.subject(), fallen.names); !named)
      return named.error();
  }
  for (const auto& own : trusted) fallen.keys.erase(outdated_key(own));
  return fallen;
}

Outcome write_trust_store(const TrustStore& store, const Revocations& revoked, Files& files) {
  const auto bundle = x509::Certificate::parse_pem_chain(store.bundle);
  if (!bundle) return Fault::malformed("trust store " + store.id + ": " + bundle.error().cause);
  if (bundle->empty() && !store.bundle.empty())
    return Fault::malformed("trust store " + store.id + " has no certificate");
  std::string trusted;
  IssuerNames issuers;
  for (const auto& ca : *bundle) {
    const auto above = issuer_key(ca.issuer());
    if (!above || !add_issuer_name(ca.subject(), issuers) ||
        !add_issuer_name(ca.issuer(), issuers)) {
      return Fault::malformed("trust store " + store.id + ": a name");
    }
    if (!is_refused_ca(ca, *above, revoked)) trusted += ca.pem();
  }
  // Where there is none, or all are revoked, nobody gets in.
  files[bundle_file(store.id)] = trusted.empty() ? std::string(nobody) : trusted;
  files[issuers_file(store.id)] = lines_of(issuers);
  return {};
}

void write_script(Files& files) {
  files["mtls.lua"] = chain_script();
  files[std::string(nobodys_file)] = nobody;
}

}  // namespace everseal::gateway::haproxy
