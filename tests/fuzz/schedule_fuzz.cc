// A schedule expression from strangers: whatever the octets are, nothing breaks, and the minutes
// that it plans are whole ones, each later than the last.
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <cstdlib>

#include "encoding/bytes.h"
#include "services/events/schedule/expression.h"

namespace {

using namespace everseal;
using namespace everseal::events;

void require(bool holds) {
  if (!holds) std::abort();
}

bool is_minute(TimePoint time) { return time == std::chrono::floor<std::chrono::minutes>(time); }

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto expression = schedule::Expression::parse(as_text(ByteView(data, size)));
  if (!expression) return 0;
  const auto start = from_millis(1'775'455'253'000);  // 2026-04-06T06:00:53Z
  auto planned = expression->first_after(start);
  if (planned) require(*planned > start && is_minute(*planned));
  for (int i = 0; i < 3 && planned; ++i) {
    const auto next = expression->next_after(*planned, *planned);
    if (next) require(*next > *planned && is_minute(*next));
    planned = next;
  }
  return 0;
}
