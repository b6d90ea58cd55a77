#include "console/inflate.h"

#include <zlib.h>

#include <new>
#include <stdexcept>

namespace everseal::console {
namespace {

constexpr int gzip_window = 15 + 16;  // 32 KiB, with gzip's head and foot

struct Stream {
  z_stream state{};
  Stream() {
    // It fails for want of memory only.
    if (inflateInit2(&state, gzip_window) != Z_OK) throw std::bad_alloc();
  }
  ~Stream() { inflateEnd(&state); }
  Stream(const Stream&) = delete;
  Stream& operator=(const Stream&) = delete;
};

}  // namespace

std::string inflate(std::string_view gzip, std::size_t size) {
  Stream stream;
  std::string text(size, '\0');
  // zlib takes what it reads without const, and does not change it.
  stream.state.next_in = const_cast<Bytef*>(reinterpret_cast<const Bytef*>(gzip.data()));
  stream.state.avail_in = static_cast<uInt>(gzip.size());
  stream.state.next_out = reinterpret_cast<Bytef*>(text.data());
  stream.state.avail_out = static_cast<uInt>(text.size());
  if (::inflate(&stream.state, Z_FINISH) != Z_STREAM_END || stream.state.avail_out != 0) {
    throw std::logic_error("a file of the console is not what its table says");
  }
  return text;
}

}  // namespace everseal::console
