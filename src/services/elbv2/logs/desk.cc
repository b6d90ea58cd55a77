#include "services/elbv2/logs/desk.h"

#include <utility>

namespace everseal::elbv2::logs {

void Desk::take(gateway::ConnectionRecord record) {
  ++handshakes_[static_cast<std::size_t>(record.handshake)];
  tail_.take(record);
  delivery_.take(std::move(record));
}

void Desk::take(gateway::RequestRecord record) {
  const auto kind = static_cast<std::size_t>(record.status.value_or(0) / 100);
  ++requests_[kind < requests_.size() ? kind : 0];
  tail_.take(record);
  delivery_.take(std::move(record));
}

DeskCounts Desk::counts() const {
  DeskCounts counts;
  for (std::size_t at = 0; at < handshakes_.size(); ++at) counts.handshakes[at] = handshakes_[at];
  for (std::size_t at = 0; at < requests_.size(); ++at) counts.requests[at] = requests_[at];
  return counts;
}

}  // namespace everseal::elbv2::logs
