#pragma once

#include <zlib.h>

#include <array>
#include <stdexcept>
#include <string>
#include <string_view>

// For tests.
namespace everseal::elbv2::logs {

inline std::string gunzipped(std::string_view file) {
  constexpr int gzip_window = 15 + 16;
  z_stream state{};
  if (inflateInit2(&state, gzip_window) != Z_OK) throw std::runtime_error("zlib");
  std::string source(file);
  std::string text;
  std::array<char, 4096> portion{};
  state.next_in = reinterpret_cast<Bytef*>(source.data());
  state.avail_in = static_cast<uInt>(source.size());
  int said = Z_OK;
  while (said == Z_OK) {
    state.next_out = reinterpret_cast<Bytef*>(portion.data());
    state.avail_out = portion.size();
    said = inflate(&state, Z_NO_FLUSH);
    text.append(portion.data(), portion.size() - state.avail_out);
  }
  inflateEnd(&state);
  if (said != Z_STREAM_END) throw std::runtime_error("not a whole gzip file");
  return text;
}

}  // namespace everseal::elbv2::logs
