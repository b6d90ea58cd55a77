#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "http/message.h"
#include "services/events/destinations/shapes.h"

// What requests to destinations and to authorization endpoints are made of.
namespace everseal::events::destinations {

using Pairs = std::vector<std::pair<std::string, std::string>>;

// The later of two pairs with one name counts.
void set(Pairs& pairs, const std::string& name, std::string value);
template <class T>
void set_all(Pairs& pairs, const std::vector<shapes::Parameter<T>>& parameters) {
  for (const auto& parameter : parameters)
    set(pairs, parameter.key.value_or(""), parameter.value.value_or(""));
}

// "a=1&b=x%20y", behind what there is.
std::string with_query(std::string query, const Pairs& pairs);
std::string target_of(const std::string& path, const std::string& query);

// In place of one of that name; those of the connection stay as they are.
void set_header(http::Headers& headers, std::string_view name, std::string value);
void set_headers(http::Headers& headers,
                 const std::vector<shapes::Parameter<shapes::OfHeader>>& parameters);
// Whether nothing in it begins a new line.
bool is_sound(const http::Headers& headers);

std::string basic_credentials(const shapes::Basic<std::string>& basic);  // "Basic dTpw"

}  // namespace everseal::events::destinations
