#pragma once

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <memory>
#include <mutex>
#include <utility>

#include "clock/clock.h"
#include "http/handler.h"
#include "http/limits.h"
#include "http/worker_pool.h"
#include "log/log.h"
#include "tls/context.h"

// For the .cc files of this folder only.
namespace everseal::http {

// What all connections of a server share.
struct Shared {
  Shared(Handler& answers, const Clock& wall_clock, Log& to, const Limits& limited,
         std::shared_ptr<const tls::ServerContext> context, unsigned worker_count)
      : handler(answers),
        clock(wall_clock),
        log(to),
        limits(limited),
        tls(std::move(context)),
        workers(worker_count, limited.queued_requests) {}

  Handler& handler;
  const Clock& clock;
  Log& log;
  const Limits limits;
  const std::shared_ptr<const tls::ServerContext> tls;
  WorkerPool workers;
  std::atomic<bool> stopping = false;

  std::atomic<std::uint64_t> connections_accepted = 0;
  std::atomic<std::uint64_t> connections_open = 0;
  std::atomic<std::uint64_t> requests = 0;
  std::atomic<std::uint64_t> refused = 0;
  std::atomic<std::uint64_t> buffered_bytes = 0;  // of whole bodies

  // Waits until no connection is open, or the time has come.
  void wait_for_connections(std::chrono::steady_clock::time_point until);
  void connection_ended();

 private:
  std::mutex mutex_;
  std::condition_variable none_open_;
};

}  // namespace everseal::http
