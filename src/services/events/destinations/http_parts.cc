#include "services/events/destinations/http_parts.h"

#include <algorithm>

#include "encoding/base64.h"
#include "encoding/bytes.h"
#include "encoding/percent.h"

namespace everseal::events::destinations {

void set(Pairs& pairs, const std::string& name, std::string value) {
  const auto found =
      std::ranges::find_if(pairs, [&](const auto& pair) { return pair.first == name; });
  if (found != pairs.end()) {
    found->second = std::move(value);
  } else {
    pairs.emplace_back(name, std::move(value));
  }
}

std::string with_query(std::string query, const Pairs& pairs) {
  for (const auto& [name, value] : pairs) {
    if (!query.empty()) query += '&';
    query += encoding::percent_encode(name) + "=" + encoding::percent_encode(value);
  }
  return query;
}

std::string target_of(const std::string& path, const std::string& query) {
  return query.empty() ? path : path + "?" + query;
}

void set_header(http::Headers& headers, std::string_view name, std::string value) {
  if (!http::is_of_the_connection(name)) headers.set(name, std::move(value));
}

void set_headers(http::Headers& headers,
                 const std::vector<shapes::Parameter<shapes::OfHeader>>& parameters) {
  for (const auto& parameter : parameters)
    if (parameter.key && http::is_header_name(*parameter.key))
      set_header(headers, *parameter.key, parameter.value.value_or(""));
}

bool is_sound(const http::Headers& headers) {
  const auto is_control = [](char letter) {
    return (letter >= 0 && letter < ' ') || letter == 127;
  };
  return std::ranges::all_of(headers, [&](const http::Header& header) {
    return http::is_header_name(header.name) &&
           std::ranges::none_of(header.value,
                                [&](char letter) { return is_control(letter) && letter != '\t'; });
  });
}

std::string basic_credentials(const shapes::Basic<std::string>& basic) {
  return "Basic " + encoding::to_base64(as_bytes(basic.username + ":" + basic.password));
}

}  // namespace everseal::events::destinations
