#include "keys/sealed_links.h"

#include <algorithm>
#include <charconv>
#include <cstdint>
#include <string>
#include <utility>

#include "encoding/hex.h"
#include "secret/secret.h"

namespace everseal::keys {
namespace {

constexpr std::size_t longest_token = 2048;

}  // namespace

SealedLinks::SealedLinks(const Vault& vault, const Clock& clock, std::function<std::string()> url,
                         Kind kind)
    : vault_(vault), clock_(clock), url_(std::move(url)), kind_(kind) {}

Result<std::string> SealedLinks::to(std::string_view goal) const {
  const auto text = std::to_string(to_millis(clock_.now() + validity)) + "\n" + std::string(goal);
  const auto sealed = vault_.seal(SecretBytes::copy_of(text), kind_.context);
  if (!sealed) return sealed.error();
  return url_() + std::string(kind_.path) + encoding::to_hex(*sealed);
}

std::optional<SealedLinks::Opened> SealedLinks::open(std::string_view path) const {
  if (!path.starts_with(kind_.path)) return std::nullopt;
  const auto token = path.substr(kind_.path.size());
  if (token.size() > longest_token) return std::nullopt;
  const auto sealed = encoding::from_hex(token);
  if (!sealed) return std::nullopt;
  const auto unsealed = vault_.open(*sealed, kind_.context);
  if (!unsealed) return std::nullopt;
  const auto text = unsealed->reveal_text();
  std::int64_t ends_at = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), ends_at);
  if (error != std::errc()) return std::nullopt;
  const auto goal = static_cast<std::size_t>(end - text.data()) + 1;
  return Opened{.goal = std::string(text.substr(std::min(goal, text.size()))),
                .is_over = ends_at < to_millis(clock_.now())};
}

}  // namespace everseal::keys
