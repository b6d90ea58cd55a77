#pragma once

#include <array>
#include <atomic>
#include <cstdint>

#include "gateway/log_record.h"
#include "services/elbv2/logs/delivery.h"
#include "services/elbv2/logs/tail.h"

namespace everseal::elbv2::logs {

struct DeskCounts {
  std::array<std::uint64_t, gateway::handshake_kinds> handshakes{};  // by Handshake
  std::array<std::uint64_t, 6> requests{};  // by the first digit of the status; 0: there was none
};

// Hears of everything that happens at a gateway: counts it, shows it to those who watch, and
// gathers it for the buckets. Thread-safe.
class Desk final : public gateway::LogSink {
 public:
  Desk(Delivery& delivery, Tail& tail) : delivery_(delivery), tail_(tail) {}

  void take(gateway::ConnectionRecord record) override;
  void take(gateway::RequestRecord record) override;
  DeskCounts counts() const;

 private:
  Delivery& delivery_;
  Tail& tail_;
  std::array<std::atomic<std::uint64_t>, gateway::handshake_kinds> handshakes_{};
  std::array<std::atomic<std::uint64_t>, 6> requests_{};
};

}  // namespace everseal::elbv2::logs
