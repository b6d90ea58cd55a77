#include "console/content.h"

#include <zlib.h>

#include <algorithm>
#include <new>

namespace everseal::console {
namespace {

constexpr int gzip_window = 15 + 16;  // 32 KiB, with gzip's head and foot

class AsItIs final : public http::BodySource {
 public:
  explicit AsItIs(std::string_view octets) : rest_(octets) {}

  Result<std::size_t> read(std::span<std::uint8_t> space) override {
    const auto piece = rest_.substr(0, space.size());
    std::ranges::copy(piece, space.begin());
    rest_.remove_prefix(piece.size());
    return piece.size();
  }

 private:
  std::string_view rest_;
};

class Unpacked final : public http::BodySource {
 public:
  explicit Unpacked(std::string_view gzip) {
    // It fails for want of memory only.
    if (inflateInit2(&stream_, gzip_window) != Z_OK) throw std::bad_alloc();
    // zlib takes what it reads without const, and does not change it.
    stream_.next_in = const_cast<Bytef*>(reinterpret_cast<const Bytef*>(gzip.data()));
    stream_.avail_in = static_cast<uInt>(gzip.size());
  }
  ~Unpacked() override { inflateEnd(&stream_); }
  Unpacked(const Unpacked&) = delete;
  Unpacked& operator=(const Unpacked&) = delete;

  Result<std::size_t> read(std::span<std::uint8_t> space) override {
    if (ended_) return std::size_t{0};
    stream_.next_out = space.data();
    stream_.avail_out = static_cast<uInt>(space.size());
    const int said = inflate(&stream_, Z_NO_FLUSH);
    ended_ = said == Z_STREAM_END;
    const auto count = space.size() - stream_.avail_out;
    if (!ended_ && (said != Z_OK || count == 0)) return Fault::broken("the console is no gzip");
    return count;
  }

 private:
  z_stream stream_{};
  bool ended_ = false;
};

}  // namespace

std::unique_ptr<http::BodySource> as_it_is(std::string_view octets) {
  return std::make_unique<AsItIs>(octets);
}

std::unique_ptr<http::BodySource> unpacked(std::string_view gzip) {
  return std::make_unique<Unpacked>(gzip);
}

}  // namespace everseal::console
