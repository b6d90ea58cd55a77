#include "gateway/haproxy/log_names.h"

#include <algorithm>

#include "crypto/digest.h"
#include "encoding/ascii.h"
#include "encoding/hex.h"
#include "gateway/haproxy/target_groups.h"
#include "gateway/haproxy/text.h"
#include "gateway/haproxy/writer.h"
#include "x509/certificate.h"
#include "x509/extension_types.h"
#include "x509/oids.h"

namespace everseal::gateway::haproxy {
namespace {

constexpr std::uint64_t most_states = 16;
constexpr std::size_t most_digests = 4;

std::string upper_hex(ByteView octets) {
  std::string digits = encoding::to_hex(octets);
  std::ranges::transform(digits, digits.begin(), [](char digit) {
    return digit >= 'a' ? static_cast<char>(digit - 'a' + 'A') : digit;
  });
  return digits;
}

// As `ssl_f_der,sha2(256),bytes(0,8),hex` has it.
std::string own_word(ByteView der) { return upper_hex(ByteView(crypto::sha256(der)).first(8)); }

// By which HAProxy chooses it: its common names too.
std::vector<std::string> servers_of(const x509::Certificate& certificate) {
  std::vector<std::string> servers;
  if (const auto names = certificate.extensions().get<x509::SubjectAlternativeName>();
      names && *names) {
    servers = (*names)->dns_names();
  }
  for (const auto& attribute : certificate.subject().attributes()) {
    if (attribute.type == x509::oids::kCommonName) servers.push_back(attribute.text().value_or(""));
  }
  std::ranges::transform(servers, servers.begin(),
                         [](const std::string& name) { return encoding::lower_case(name); });
  return servers;
}

template <class Names>
void forget_old(Names& names, std::uint64_t states) {
  std::erase_if(names, [&](const auto& each) { return each.second.last + most_states <= states; });
}

}  // namespace

bool LogNames::Certificate::is_for(std::string_view server) const {
  const std::string name = encoding::lower_case(server);
  const auto dot = std::min(name.find('.'), name.size());
  const std::string wildcard = "*" + name.substr(dot);
  return std::ranges::any_of(servers, [&](const std::string& each) {
    return each == name || (dot > 0 && each == wildcard);
  });
}

void LogNames::learn(const State& state) {
  const std::lock_guard lock(mutex_);
  ++states_;
  for (const auto& balancer : state.load_balancers) {
    for (const auto& listener : balancer.listeners) {
      const auto named = std::make_shared<const Listener>(
          Listener{.load_balancer = balancer.id,
                   .id = listener.id,
                   .certificate = listener.tls ? listener.tls->certificate : ""});
      listeners_.insert_or_assign(name_of('l', listener.id), Known{named, states_});
    }
  }
  for (const auto& group : state.target_groups) {
    for (const auto& name : {backend_of(group.id), open_backend_of(group.id)}) {
      groups_.insert_or_assign(name, Known{group.id, states_});
    }
  }
  forget_old(listeners_, states_);
  forget_old(groups_, states_);
}

Outcome LogNames::learn(std::string_view certificate, const tls::ServerIdentity& identity) {
  if (identity.chain.empty()) return Fault::malformed("a chain without certificates");
  const auto leaf = x509::Certificate::parse(identity.chain.front());
  if (!leaf) return leaf.error();
  const auto own = own_word(leaf->der());
  auto known = std::make_shared<const Certificate>(
      Certificate{.id = std::string(certificate), .servers = servers_of(*leaf)});
  const std::lock_guard lock(mutex_);
  auto& digests = digests_[std::string(certificate)];
  std::erase(digests, own);
  digests.push_back(own);
  certificates_.insert_or_assign(own, std::move(known));
  if (digests.size() > most_digests) {
    certificates_.erase(digests.front());
    digests.pop_front();
  }
  return {};
}

void LogNames::forget(std::string_view certificate) {
  const std::lock_guard lock(mutex_);
  const auto digests = digests_.find(certificate);
  if (digests == digests_.end()) return;
  for (const auto& own : digests->second) {
    const auto known = certificates_.find(own);  // may be another's by now, with the same octets
    if (known != certificates_.end() && known->second->id == certificate) {
      certificates_.erase(known);
    }
  }
  digests_.erase(digests);
}

std::shared_ptr<const LogNames::Listener> LogNames::listener(std::string_view front) const {
  const std::lock_guard lock(mutex_);
  const auto found = listeners_.find(front);
  return found == listeners_.end() ? nullptr : found->second.thing;
}

std::string LogNames::target_group(std::string_view back) const {
  const std::lock_guard lock(mutex_);
  const auto found = groups_.find(back);
  return found == groups_.end() ? std::string() : found->second.thing;
}

std::shared_ptr<const LogNames::Certificate> LogNames::certificate(std::string_view own) const {
  const std::lock_guard lock(mutex_);
  const auto found = certificates_.find(own);
  return found == certificates_.end() ? nullptr : found->second;
}

}  // namespace everseal::gateway::haproxy
