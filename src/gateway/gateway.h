#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "gateway/state.h"
#include "result/result.h"
#include "tls/context.h"
#include "x509/name.h"
#include "x509/serial_number.h"

namespace everseal::gateway {

// What one issuer has revoked, of leaves and of intermediates alike.
struct Revoked {
  x509::Name issuer;
  std::vector<x509::SerialNumber> serials;
  bool outdated = false;  // what else it has revoked is not known: all that it issued is refused
};

enum class Health { Initial, Healthy, Unhealthy, Draining, Unchecked };
enum class HealthReason { None, Timeout, ResponseCodeMismatch, FailedChecks };

struct TargetHealth {
  std::string target;  // its id
  Health health = Health::Initial;
  HealthReason reason = HealthReason::None;
  std::optional<int> code;  // the status code of the last check, if there was an answer
};

struct Status {
  bool running = false;
  std::uint64_t starts = 0;  // of the data plane by this gateway, which may find one that runs
  std::uint64_t reloads = 0;
  std::string
      last_fault;  // why it does not run, or did not take the last state; empty: all is well
};

// What was found when what is in force was compared with what should be.
struct Healed {
  std::uint64_t missing = 0;  // revoked entries that were not in force, and are again
  std::uint64_t foreign = 0;  // entries in force that nobody revoked, and are gone
};

// The data plane: terminates TLS, judges clients, and passes requests on. Thread-safe; each call
// returns when what it asks for is in force, or after at most some seconds with Unavailable.
// While the data plane does not run, what is asked is kept, and counts from its next start on:
// Unavailable then says that it is not yet in force.
class Gateway {
 public:
  virtual ~Gateway() = default;

  // From now on this is what it does. Connections that stand are kept. Conflict: a certificate,
  // target group or trust store is named that is not there. Malformed: values that cannot be (a
  // bundle without certificates, a control character in a header name, a port twice). After an
  // error the state before remains.
  virtual Outcome apply(const State& desired) = 0;

  // The chain and the key that listeners mean by this id. Replacing one counts from the next
  // handshake on, without a reload; connections that stand keep theirs. Malformed: a chain that
  // does not parse, or a key that is not the first certificate's.
  virtual Outcome set_certificate(std::string_view id, const tls::ServerIdentity& identity) = 0;
  // Conflict: a listener uses it.
  virtual Outcome remove_certificate(std::string_view id) = 0;

  // Clients with such a certificate, or with one below it, are refused from now on: at their next
  // connection, and at the next request of one that stands. What runs longer with such a
  // certificate is cut; with one below it, it goes on to its end. Entries may be given again.
  // Conflict: more than 2 million a store; nothing is changed then. The store need not be known
  // yet.
  virtual Outcome revoke(std::string_view trust_store, const std::vector<Revoked>& entries) = 0;
  virtual Outcome unrevoke(std::string_view trust_store, const std::vector<Revoked>& entries) = 0;
  // These and no others.
  virtual Outcome set_revoked(std::string_view trust_store,
                              const std::vector<Revoked>& entries) = 0;

  // Of what should be in force: equal if and only if certificates, configuration and revoked
  // entries are. 64 hexadecimal digits.
  virtual std::string digest() const = 0;
  // Compares the revoked entries that are in force with those that should be, and mends the
  // difference; tries again what was Unavailable before. To be called now and then: mostly it only
  // counts, and now and then it compares each.
  virtual Result<Healed> heal() = 0;

  // In the order of the group. Conflict: there is no such group.
  virtual Result<std::vector<TargetHealth>> health(std::string_view target_group) = 0;
  virtual Status status() const = 0;
};

}  // namespace everseal::gateway
