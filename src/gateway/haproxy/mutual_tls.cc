#include "gateway/haproxy/mutual_tls.h"

#include <set>

#include "asn1/pem.h"
#include "encoding/ascii.h"
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

// The certificates that the client sent above its own stand one after the other in
// ssl_c_chain_der. Each is cut by the lengths of DER; what does not fit reads as "no chain that can
// be judged".
constexpr std::string_view script_head = R"lua(local stores = {}

local function open(name, revoked, issuers, revokers)
  stores[name] = {
    revoked = Map.new(revoked, Map._str),
    issuers = Map.new(issuers, Map._str),
    revokers = Map.new(revokers, Map._str),
  }
end

)lua";
constexpr std::string_view script = R"lua(
-- Where the content of the value at `at` begins, and where what follows it does.
local function bounds(der, at)
  local length = der:byte(at + 1)
  if length == nil then return nil end
  local first = at + 2
  if length >= 0x80 then
    local octets = length - 0x80
    if octets < 1 or octets > 3 then return nil end
    length = 0
    for _ = 1, octets do
      local octet = der:byte(first)
      if octet == nil then return nil end
      length = length * 256 + octet
      first = first + 1
    end
  end
  if first + length - 1 > #der then return nil end
  return first, first + length
end

-- The certificates of a text that has one after the other, or nil.
local function certificates(der)
  local all = {}
  local at = 1
  while at <= #der do
    local _, behind = bounds(der, at)
    if behind == nil then return nil end
    all[#all + 1] = der:sub(at, behind - 1)
    at = behind
  end
  return all
end

local function chain(txn)
  local der = txn.f:ssl_c_chain_der()
  if der == nil or der == "" then return {} end
  return certificates(der)
end

local function hex(octets)
  return (octets:gsub(".", function(octet) return string.format("%02X", octet:byte()) end))
end

-- Certificate ::= SEQUENCE { SEQUENCE { [0] version, serialNumber, signature, issuer, ... } ... }
local function serial_and_issuer(der)
  local at = bounds(der, 1)
  at = at and bounds(der, at)
  if at == nil then return nil end
  if der:byte(at) == 0xA0 then
    local _, behind = bounds(der, at)
    at = behind
  end
  local serial, after_serial = bounds(der, at)
  if serial == nil then return nil end
  local _, issuer = bounds(der, after_serial)
  if issuer == nil then return nil end
  local _, after_issuer = bounds(der, issuer)
  if after_issuer == nil then return nil end
  local octets = der:sub(serial, after_serial - 1):gsub("^%z+", "")
  return hex(octets), der:sub(issuer, after_issuer - 1)
end

-- How many certificates the client sent.
core.register_fetches("mtls_depth", function(txn)
  local above = chain(txn)
  if above == nil then return 1000 end
  return #above + 1
end)

-- Whether one above the client's own is revoked, or the chain cannot be judged.
core.register_fetches("mtls_revoked", function(txn, name)
  local above = chain(txn)
  if above == nil then return 1 end
  local store = stores[name]
  for _, der in ipairs(above) do
    local serial, issuer = serial_and_issuer(der)
    if serial == nil then return 1 end
    local name = hex(txn.c:sha1(issuer))
    local key = store.issuers:lookup(name) or store.revokers:lookup(name)
    if key ~= nil and store.revoked:lookup(serial .. ":" .. key) ~= nil then return 1 end
  end
  return 0
end)

local function encoded(txn, der)
  local text = txn.c:base64(der):gsub(("."):rep(64), "%0%%0A")
  if text:sub(-3) ~= "%0A" then text = text .. "%0A" end
  return "-----BEGIN%20CERTIFICATE-----%0A" .. text .. "-----END%20CERTIFICATE-----%0A"
end

-- PEM with %XX for what is no letter, digit, or one of -+/=
core.register_fetches("mtls_leaf", function(txn)
  return encoded(txn, txn.f:ssl_c_der())
end)

core.register_fetches("mtls_chain", function(txn)
  local all = { encoded(txn, txn.f:ssl_c_der()) }
  for _, der in ipairs(chain(txn) or {}) do all[#all + 1] = encoded(txn, der) end
  return table.concat(all)
end)
)lua";

std::string bundle_file(std::string_view store) { return name_of('s', store) + ".pem"; }
std::string issuers_file(std::string_view store) { return name_of('s', store) + ".issuers"; }

// "20" and "2025-01-02T03:04:05Z" of "250102030405Z". A certificate's dates of 2050 and after have
// four digits there, which HAProxy 2.6 cuts to two up to 2099.
std::string date(std::string_view fetch) {
  return "%[" + std::string(fetch) +
         R"(,regsub("^(..)(..)(..)(..)(..)(..)Z$","20\1-\2-\3T\4:\5:\6Z")])";
}

std::string set(const std::string& name, const std::string& format) {
  return "http-request set-header " + as_word(literal(name)) + " '" + format + "'";
}

// Every spelling of a name that some server would take for it: what is no letter and no digit may
// be any other such character.
std::string spellings(std::string_view name) {
  std::string expression = "^";
  for (const char letter : encoding::lower_case(name)) {
    const bool is_plain = (letter >= 'a' && letter <= 'z') || (letter >= '0' && letter <= '9');
    expression += is_plain ? std::string(1, letter) : "[^a-z0-9]";
  }
  return expression;
}

std::string strip(const std::string& expression) {
  return "http-request del-header " + as_word(expression) + " -m reg";
}

std::vector<std::string> verify_lines(const MutualTls& mutual) {
  const std::string name = name_of('s', mutual.trust_store);
  const std::string is_revoked =
      "{ var(sess.key),map_str(" + revoked_file(mutual.trust_store) + ") -m found }";
  const std::string is_refused = "{ var(sess.refused) -m found }";
  return {
      "tcp-request session set-var(sess.iss) ssl_c_i_dn(,0,rfc2253),sha1,bytes(0,8),hex",
      "tcp-request session set-var(sess.key) ssl_c_serial,hex,concat(:,sess.iss)",
      // Without a key nothing could be looked up.
      "tcp-request session reject unless { var(sess.iss) -m len 16 } { ssl_c_serial -m found }",
      "tcp-request session set-var(sess.refused) str(revoked) if " + is_revoked,
      "tcp-request session reject if " + is_refused,
      "tcp-request session set-var-fmt(sess.live) %[var(sess.key)]@%[src]:%[src_port]",
      "tcp-request session track-sc0 var(sess.live) table live",
      "tcp-request content set-var(sess.refused) str(revoked) if " + is_revoked,
      "tcp-request content set-var(sess.refused) str(depth) if { lua.mtls_depth -m int gt 4 }",
      "tcp-request content set-var(sess.refused) str(revoked) if { lua.mtls_revoked(" + name +
          ") -m int gt 0 }",
      "tcp-request content reject if " + is_refused,
  };
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

std::vector<std::string> judging_lines(const MutualTls& mutual) {
  if (mutual.mode == MutualTlsMode::Verify) return verify_lines(mutual);
  return {};
}

Result<std::vector<std::string>> stripping_lines(const MutualTlsHeaders& headers) {
  std::vector<std::string> lines = {strip(spellings("x-amzn-mtls-")),
                                    strip(spellings("x-amzn-mtls") + "$")};
  std::set<std::string> more;
  for (const auto* name : {&headers.chain, &headers.serial_number, &headers.issuer,
                           &headers.subject, &headers.validity, &headers.leaf}) {
    if (const auto sound = check_header_name(*name); !sound) return sound.error();
    more.insert(strip(spellings(*name) + "$"));
  }
  lines.insert(lines.end(), more.begin(), more.end());
  return lines;
}

std::vector<std::string> telling_lines(const MutualTls& mutual) {
  const auto& names = mutual.headers;
  switch (mutual.mode) {
    case MutualTlsMode::Off:
      return {};
    case MutualTlsMode::Passthrough:
      return {set(names.chain, "%[lua.mtls_chain]") + " if { ssl_c_used }"};
    case MutualTlsMode::Verify:
      return {set(names.serial_number, "%[ssl_c_serial,hex]"),
              set(names.issuer, "%[ssl_c_i_dn(,0,rfc2253)]"),
              set(names.subject, "%[ssl_c_s_dn(,0,rfc2253)]"),
              set(names.validity,
                  "NotBefore=" + date("ssl_c_notbefore") + ";NotAfter=" + date("ssl_c_notafter")),
              set(names.leaf, "%[lua.mtls_leaf]")};
  }
  return {};
}

Outcome write_trust_store(const TrustStore& store, const Revocations& revoked, Files& files) {
  const auto bundle = x509::Certificate::parse_pem_chain(store.bundle);
  if (!bundle) return Fault::malformed("trust store " + store.id + ": " + bundle.error().cause);
  if (bundle->empty()) return Fault::malformed("trust store " + store.id + " is empty");
  std::string trusted;
  IssuerNames issuers;
  for (const auto& ca : *bundle) {
    const auto above = issuer_key(ca.issuer());
    if (!above || !add_issuer_name(ca.subject(), issuers) ||
        !add_issuer_name(ca.issuer(), issuers)) {
      return Fault::malformed("trust store " + store.id + ": a name");
    }
    if (!revoked.contains(revocation_key(ca.serial(), *above))) trusted += ca.pem();
  }
  // Where all are revoked, nobody gets in.
  files[bundle_file(store.id)] = trusted.empty() ? std::string(nobody) : trusted;
  files[issuers_file(store.id)] = lines_of(issuers);
  return {};
}

void write_script(const std::vector<std::string>& trust_stores, Files& files) {
  std::string text(script_head);
  for (const auto& store : trust_stores) {
    text += "open(\"" + name_of('s', store) + "\", \"" + revoked_file(store) + "\", \"" +
            issuers_file(store) + "\", \"" + revokers_file(store) + "\")\n";
  }
  files["mtls.lua"] = text.append(script);
  files[std::string(nobodys_file)] = nobody;
}

}  // namespace everseal::gateway::haproxy
