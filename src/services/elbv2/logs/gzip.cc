#include "services/elbv2/logs/gzip.h"

#include <zlib.h>

#include <array>
#include <new>
#include <utility>

namespace everseal::elbv2::logs {
namespace {

constexpr int gzip_window = 15 + 16;  // 32 KiB, with gzip's head and foot
constexpr int usual_memory = 8;

}  // namespace

struct Gzip::Stream {
  z_stream state{};
  Stream() {
    // It fails for want of memory only.
    if (deflateInit2(&state, Z_DEFAULT_COMPRESSION, Z_DEFLATED, gzip_window, usual_memory,
                     Z_DEFAULT_STRATEGY) != Z_OK) {
      throw std::bad_alloc();
    }
  }
  ~Stream() { deflateEnd(&state); }
  Stream(const Stream&) = delete;
  Stream& operator=(const Stream&) = delete;
};

Gzip::Gzip() : stream_(std::make_unique<Stream>()) {}
Gzip::Gzip(Gzip&&) noexcept = default;
Gzip& Gzip::operator=(Gzip&&) noexcept = default;
Gzip::~Gzip() = default;

void Gzip::append(std::string_view text) { compress(text, Z_NO_FLUSH); }

Bytes Gzip::finish() {
  compress({}, Z_FINISH);
  return std::move(octets_);
}

void Gzip::compress(std::string_view text, int flush) {
  auto& state = stream_->state;
  std::array<Bytef, 16 * 1024> portion{};
  // zlib takes the text without const, and does not change it.
  state.next_in = const_cast<Bytef*>(reinterpret_cast<const Bytef*>(text.data()));
  state.avail_in = static_cast<uInt>(text.size());
  do {
    state.next_out = portion.data();
    state.avail_out = portion.size();
    deflate(&state, flush);
    const auto count = portion.size() - state.avail_out;
    octets_.insert(octets_.end(), portion.data(), portion.data() + count);
  } while (state.avail_out == 0);
}

}  // namespace everseal::elbv2::logs
