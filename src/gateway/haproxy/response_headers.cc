#include "gateway/haproxy/response_headers.h"

#include <algorithm>

#include "gateway/haproxy/text.h"

namespace everseal::gateway::haproxy {
namespace {

bool is_value(std::string_view text) {
  constexpr std::size_t longest = 1024;
  return !text.empty() && text.size() <= longest && std::ranges::none_of(text, [](char letter) {
    return static_cast<unsigned char>(letter) < ' ' || letter == 0x7f;
  });
}

}  // namespace

// http-after-response: what HAProxy answers by itself has them, too.
Result<std::vector<std::string>> response_lines(const Listener& listener) {
  std::vector<std::string> all;
  if (!listener.server_header) {
    all.emplace_back(
        "http-after-response del-header Server if { res.hdr(Server) -m str awselb/2.0 }");
  }
  for (const auto& [name, value] : listener.response_headers) {
    if (const auto sound = check_header_name(name); !sound) return sound.error();
    if (!is_value(value)) return Fault::malformed("a value that " + name + " cannot have");
    all.push_back("http-after-response set-header " + as_word(name) + " " +
                  as_word(literal(value)));
  }
  return all;
}

}  // namespace everseal::gateway::haproxy
