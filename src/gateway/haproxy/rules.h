#pragma once

#include <string>
#include <vector>

#include "gateway/haproxy/writer.h"
#include "gateway/listener.h"
#include "result/result.h"

namespace everseal::gateway::haproxy {

// Which rule a request falls under and what then happens, as lines of a frontend: `before` for
// requests as they came, `after` for those that are forwarded. Bodies of fixed responses become
// files.
struct RuleLines {
  std::vector<std::string> before;
  std::vector<std::string> after;
};
Result<RuleLines> write_rules(const Listener& listener, const State& state, Files& files);

}  // namespace everseal::gateway::haproxy
