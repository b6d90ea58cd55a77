#pragma once

#include <set>
#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

#include "gateway/haproxy/revocations.h"
#include "gateway/haproxy/settings.h"
#include "gateway/haproxy/writer.h"
#include "gateway/listener.h"
#include "gateway/state.h"
#include "result/result.h"

// How clients are judged, and what targets are told of them.
namespace everseal::gateway::haproxy {

// What stands on a `bind` line for it.
std::string bind_words(const MutualTls& mutual);

// Lines of a frontend that come before all others: who is refused, and what is remembered of the
// others while they are connected. Of who is refused sess.refused says why.
struct JudgingLines {
  std::vector<std::string> session;  // with each connection
  std::vector<std::string> content;  // with each request
};
// `before_refusal` stands before each line that refuses a request.
JudgingLines judging_lines(const MutualTls& mutual, const std::vector<std::string>& before_refusal,
                           const Settings& settings);

// No client can send what targets are told of its TLS itself. Malformed: a header name that is
// none.
Result<std::vector<std::string>> stripping_lines(const Tls& tls);
// What targets are told.
std::vector<std::string> telling_lines(const MutualTls& mutual);

// The files of a trust store besides what is revoked: its CAs that are not revoked, and how their
// names look in a certificate and in a key. Malformed: no certificates.
Outcome write_trust_store(const TrustStore& store, const Revocations& revoked, Files& files);
// The CAs of a trust store that `keys` refuse, by their own names, unless others that bear the name
// are trusted: whoever is below them came in by them, and names them in no certificate of its own.
struct Fallen {
  std::set<std::string> keys;  // outdated_key: what each issued
  IssuerNames names;
};
// Malformed: as write_trust_store().
Result<Fallen> fallen_by(const std::unordered_set<std::string_view>& keys, const TrustStore& store,
                         const Revocations& revoked);
// What HAProxy calls for chains, in Lua; and a CA that nobody has, for listeners that judge nobody.
void write_script(Files& files);

}  // namespace everseal::gateway::haproxy
