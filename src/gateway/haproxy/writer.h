#pragma once

#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "gateway/haproxy/revocations.h"
#include "gateway/haproxy/settings.h"
#include "gateway/state.h"
#include "result/result.h"

namespace everseal::gateway::haproxy {

// Files of one folder by their names. Equal for equal states: what was asked for in another order
// of load balancers, groups and stores is written in the same.
using Files = std::map<std::string, std::string>;

struct Written {
  Files files;                            // "haproxy.cfg" and what it names, without the following
  std::vector<std::string> certificates;  // ids: each is to be in certificate_file(id)
  std::vector<std::string> trust_stores;  // ids: what is revoked is to be in revoked_file(id)
  bool listens = false;                   // without listeners there is nothing to run
  std::string digest;                     // of the files; HAProxy tells it as its description
};

std::string certificate_file(std::string_view id);  // chain and key, PEM
std::string revoked_file(std::string_view id);      // a line a key: "03A5B1:0123456789ABCDEF 1"
std::string revokers_file(std::string_view id);     // who revoked: see IssuerNames

// The names that HAProxy's answers have.
std::string backend_of(std::string_view target_group);
std::string server_of(std::string_view target);

// Conflict and Malformed: see Gateway::apply. CAs of a store that are revoked are left out of what
// is trusted, so the files depend on that too.
Result<Written> write_configuration(const State& state, const RevokedByStore& revoked,
                                    const Settings& settings);

}  // namespace everseal::gateway::haproxy
