// A line of the gateway's log, with what strangers chose in it: whatever the octets are, nothing
// breaks, and what is told names a listener that is there, at a time that can be written down.
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <cstdlib>

#include "encoding/bytes.h"
#include "gateway/haproxy/log_line.h"
#include "gateway/haproxy/log_records.h"

namespace {

using namespace everseal;
using namespace everseal::gateway;
using namespace everseal::gateway::haproxy;

void require(bool holds) {
  if (!holds) std::abort();
}

const LogNames& names() {
  static LogNames known;
  static const bool learned = [] {
    State state;
    state.load_balancers = {
        {.id = "edge", .listeners = {{.id = "listener", .tls = Tls{.certificate = "one"}}}}};
    state.target_groups = {{.id = "group"}};
    known.learn(state);
    return true;
  }();
  require(learned);
  return known;
}

bool can_be_written(Instant at) {
  const auto year = std::chrono::year_month_day(std::chrono::floor<std::chrono::days>(at)).year();
  return year >= std::chrono::year(0) && year <= std::chrono::year(9999);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto line = parse_log_line(as_text(ByteView(data, size)));
  if (!line) return 0;
  const auto records = records_of(*line, names());
  if (!records) return 0;
  if (const auto& connection = records->connection) {
    require(connection->listener == "listener" && can_be_written(connection->at));
  }
  if (const auto& request = records->request) {
    require(request->load_balancer == "edge" && can_be_written(request->began_at) &&
            can_be_written(request->ended_at) && request->began_at <= request->ended_at);
    require(request->path.size() <= size && request->user_agent.size() <= size);
  }
  return 0;
}
