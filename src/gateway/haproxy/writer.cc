#include "gateway/haproxy/writer.h"

#include <algorithm>
#include <set>
#include <tuple>

#include "crypto/digest.h"
#include "encoding/hex.h"
#include "gateway/haproxy/log_format.h"
#include "gateway/haproxy/mutual_tls.h"
#include "gateway/haproxy/request_headers.h"
#include "gateway/haproxy/response_headers.h"
#include "gateway/haproxy/rules.h"
#include "gateway/haproxy/target_groups.h"
#include "gateway/haproxy/text.h"

namespace everseal::gateway::haproxy {
namespace {

constexpr std::string_view global = "global\n";

const char* version_name(TlsVersion version) {
  switch (version) {
    case TlsVersion::Tls10:
      return "TLSv1.0";
    case TlsVersion::Tls11:
      return "TLSv1.1";
    case TlsVersion::Tls12:
      return "TLSv1.2";
    case TlsVersion::Tls13:
      return "TLSv1.3";
  }
  return "TLSv1.3";
}

bool is_cipher_list(std::string_view text) {
  return std::ranges::all_of(text, [](char letter) {
    return (letter >= 'a' && letter <= 'z') || (letter >= 'A' && letter <= 'Z') ||
           (letter >= '0' && letter <= '9') || letter == '-' || letter == '_' || letter == ':';
  });
}

Result<std::string> policy_words(const TlsPolicy& policy) {
  if (!is_cipher_list(policy.ciphers) || !is_cipher_list(policy.cipher_suites) ||
      policy.least > policy.most) {
    return Fault::malformed("a TLS policy that cannot be");
  }
  std::string words = std::string(" ssl-min-ver ") + version_name(policy.least) + " ssl-max-ver " +
                      version_name(policy.most);
  const char* old = policy.least < TlsVersion::Tls12 ? ":@SECLEVEL=0" : "";
  if (!policy.ciphers.empty()) words += " ciphers " + policy.ciphers + old;
  if (!policy.cipher_suites.empty()) words += " ciphersuites " + policy.cipher_suites;
  return words;
}

template <class Things>
auto sorted_by_id(const Things& things) {
  std::vector<const typename Things::value_type*> sorted;
  sorted.reserve(things.size());
  for (const auto& thing : things) sorted.push_back(&thing);
  std::ranges::sort(sorted, {}, [](const auto* thing) { return std::string_view(thing->id); });
  return sorted;
}

template <class Things>
Outcome check_ids(std::string_view what, const Things& things) {
  std::set<std::string_view> ids;
  for (const auto& thing : things) {
    if (const auto sound = check_printable(what, thing.id, longest_id); !sound) return sound;
    if (!ids.insert(thing.id).second) {
      return Fault::malformed(std::string(what) + " twice: " + thing.id);
    }
  }
  return {};
}

class Writer {
 public:
  Writer(const State& state, const RevokedByStore& revoked, const Settings& settings)
      : state_(state), revoked_(revoked), settings_(settings) {}

  Result<Written> write() {
    if (const auto sound = check(); !sound) return sound.error();
    write_global();
    for (const auto* balancer : sorted_by_id(state_.load_balancers)) {
      for (const auto* listener : sorted_by_id(balancer->listeners)) {
        if (const auto done = write_listener(*balancer, *listener); !done) return done.error();
      }
    }
    for (const auto* group : sorted_by_id(state_.target_groups)) {
      const auto section = write_target_group(*group);
      if (!section) return section.error();
      text_ += "\n" + *section;
    }
    return finish();
  }

 private:
  Outcome check() const {
    if (const auto sound = check_ids("a load balancer", state_.load_balancers); !sound)
      return sound;
    if (const auto sound = check_ids("a target group", state_.target_groups); !sound) return sound;
    if (const auto sound = check_ids("a trust store", state_.trust_stores); !sound) return sound;
    std::set<std::string_view> listeners;
    std::set<std::tuple<std::string_view, unsigned>> ports;
    for (const auto& balancer : state_.load_balancers) {
      if (const auto sound = check_ids("a listener", balancer.listeners); !sound) return sound;
      for (const auto& listener : balancer.listeners) {
        if (!listeners.insert(listener.id).second ||
            !ports.insert({listener.address, listener.port}).second) {
          return Fault::malformed("a listener or its port twice: " + listener.id);
        }
      }
      if (balancer.idle_timeout.count() < 1) return Fault::malformed("an idle timeout below 1 s");
    }
    return {};
  }

  void line(const std::string& text) { text_ += "  " + text + "\n"; }
  void lines(const std::vector<std::string>& all) {
    for (const auto& each : all) line(each);
  }

  void write_global() {
    const std::string folder = settings_.folder.string();
    text_ = global;
    line("default-path config");
    // Two programs would share the connections of a port, and nobody would notice.
    line("noreuseport");
    if (settings_.user) {
      line("user " + as_word(*settings_.user));
      line("group " + as_word(*settings_.user));
    }
    line("mworker-max-reloads 8");
    line("maxconn " + std::to_string(settings_.most_connections));
    if (settings_.threads != 0) line("nbthread " + std::to_string(settings_.threads));
    line("hard-stop-after " + std::to_string(settings_.hard_stop.count()) + "s");
    // No session is resumed, whose client might have been refused by now.
    line("tune.ssl.cachesize 0");
    // The longest chain that OpenSSL takes (SSL_MAX_CERT_LIST_DEFAULT) fits: certificates that do
    // not are left out without a word when a chain is judged.
    line("tune.bufsize 102400");
    line("tune.maxrewrite 16384");
    line("lua-load mtls.lua");
    line("server-state-file " + as_word(folder + "/servers"));
    if (is_logged()) {
      line("tune.http.logurilen 16384");
      line(log_target());
    }
    text_ += "\ndefaults\n";
    line("mode http");
    if (is_logged()) line("log global");
    line("timeout connect 10s");
    line("timeout server 60s");
    line("timeout http-request 60s");
    line("load-server-state-from-file global");
    // Who is connected with which certificate: a key for each connection that stands, which cannot
    // expire. Those of connections that ended make the next ones dearer: 3 % if kept for ten
    // seconds.
    text_ += "\nbackend live\n";
    line("stick-table type string len 128 size 1m expire 1s");
    // Which intermediates those sent whose requests run. A key has 300 octets at most.
    text_ += "\nbackend live_paths\n";
    line("stick-table type string len 320 size 1m expire 1s");
  }

  Outcome write_listener(const LoadBalancer& balancer, const Listener& listener) {
    const auto bind = bind_line(balancer, listener);
    if (!bind) return bind.error();
    const auto rules = write_rules(listener, state_, written_.files);
    if (!rules) return rules.error();
    const auto mutual = listener.tls ? listener.tls->mutual : MutualTls{};
    const auto stripping = stripping_lines(listener.tls.value_or(Tls()));
    if (!stripping) return stripping.error();
    const auto answering = response_lines(listener);
    if (!answering) return answering.error();
    const std::string idle = std::to_string(balancer.idle_timeout.count()) + "s";
    text_ += "\nfrontend " + name_of('l', listener.id) + "\n";
    line(*bind);
    line("timeout client " + idle);
    line("timeout http-keep-alive " + idle);
    write_connection_rules(listener, mutual);
    lines(tracing_lines());
    // Who gets a tunnel says through it what no rule sees.
    line("http-request return status 405 hdr Server awselb/2.0 if METH_TRACE || METH_CONNECT");
    // Before the rules, which must not believe it either.
    lines(*stripping);
    lines(rules->before);
    lines(telling_lines(mutual));
    lines(forwarding_lines(balancer, listener));
    lines(rules->after);
    lines(*answering);
    written_.listens = true;
    return {};
  }

  void write_connection_rules(const Listener& listener, const MutualTls& mutual) {
    const auto logging = is_logged() ? logging_lines(listener.tls.has_value()) : LoggingLines();
    const auto judging = judging_lines(mutual, logging.refusal, settings_);
    line("tcp-request session set-var(sess.tid) uuid,regsub(-,,g)");
    lines(judging.session);
    lines(logging.session);
    lines(logging.content);
    lines(judging.content);
    lines(logging.requests);
    lines(logging.formats);
  }

  Result<std::string> bind_line(const LoadBalancer& balancer, const Listener& listener) {
    const auto address = socket_address(listener.address, listener.port);
    if (!address) return address.error();
    std::string text = "bind " + *address;
    if (!listener.tls) return text;
    const auto& tls = *listener.tls;
    const auto policy = policy_words(tls.policy);
    if (!policy) return policy.error();
    const std::string list = name_of('l', listener.id) + ".list";
    written_.files[list] = certificate_list(tls);
    text += " ssl crt-list " + list + *policy +
            (balancer.http2 ? " alpn h2,http/1.1" : " alpn http/1.1") + bind_words(tls.mutual);
    if (tls.mutual.mode == MutualTlsMode::Verify) {
      if (const auto known = use_trust_store(tls.mutual.trust_store); !known) return known.error();
    }
    return text;
  }

  std::string certificate_list(const Tls& tls) {
    std::string list = certificate_file(tls.certificate) + "\n";
    certificates_.insert(tls.certificate);
    for (const auto& more : tls.more) {
      if (more == tls.certificate) continue;
      certificates_.insert(more);
      list += certificate_file(more) + "\n";
    }
    return list;
  }

  Outcome use_trust_store(const std::string& id) {
    const auto found = std::ranges::find(state_.trust_stores, id, &TrustStore::id);
    if (found == state_.trust_stores.end()) return Fault::conflict("no trust store " + id);
    if (!stores_.insert(id).second) return {};
    static const Revocations none;
    const auto revoked = revoked_.find(id);
    return write_trust_store(*found, revoked == revoked_.end() ? none : revoked->second,
                             written_.files);
  }

  bool is_logged() const { return settings_.log_receiver != nullptr; }

  Result<Written> finish() {
    written_.certificates.assign(certificates_.begin(), certificates_.end());
    written_.trust_stores.assign(stores_.begin(), stores_.end());
    write_script(written_.files);
    // Requests wait for a target no longer than their client would.
    written_.files["haproxy.cfg"] = text_;
    crypto::Sha256 all;
    for (const auto& [name, text] : written_.files) {
      all.update(crypto::sha256(name)).update(crypto::sha256(text));
    }
    written_.digest = encoding::to_hex(all.finish());
    written_.files["haproxy.cfg"].insert(global.size(), "  description " + written_.digest + "\n");
    return std::move(written_);
  }

  const State& state_;
  const RevokedByStore& revoked_;
  const Settings& settings_;
  std::string text_;
  Written written_;
  std::set<std::string> certificates_;
  std::set<std::string> stores_;
};

}  // namespace

std::string certificate_file(std::string_view id) { return name_of('c', id) + ".pem"; }
std::string revoked_file(std::string_view id) { return name_of('s', id) + ".revoked"; }
std::string revokers_file(std::string_view id) { return name_of('s', id) + ".revokers"; }
std::string backend_of(std::string_view target_group) { return name_of('g', target_group); }
std::string server_of(std::string_view target) { return name_of('t', target); }

Result<Written> write_configuration(const State& state, const RevokedByStore& revoked,
                                    const Settings& settings) {
  return Writer(state, revoked, settings).write();
}

}  // namespace everseal::gateway::haproxy
