#include "services/lambda/sandbox/orders.h"

#include <charconv>
#include <optional>

namespace everseal::lambda::sandbox {
namespace {

// A list is its length and its elements; everything ends with a NUL.
void add(std::string& text, std::string_view word) { text.append(word).push_back('\0'); }
void add(std::string& text, std::int64_t number) { add(text, std::to_string(number)); }
void add(std::string& text, const std::vector<std::string>& words) {
  add(text, static_cast<std::int64_t>(words.size()));
  for (const auto& word : words) add(text, word);
}

class Words {
 public:
  explicit Words(std::string_view text) : text_(text) {}

  std::string word() {
    const auto end = text_.find('\0');
    if (end == text_.npos) {
      broken_ = true;
      return {};
    }
    std::string word(text_.substr(0, end));
    text_.remove_prefix(end + 1);
    return word;
  }
  std::int64_t number() {
    const auto digits = word();
    std::int64_t value = 0;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
    if (error != std::errc() || end != digits.data() + digits.size()) broken_ = true;
    return value;
  }
  std::vector<std::string> list() {
    std::vector<std::string> words;
    for (auto left = number(); left > 0 && !broken_; --left) words.push_back(word());
    return words;
  }
  bool is_whole() const { return !broken_ && text_.empty(); }

 private:
  std::string_view text_;
  bool broken_ = false;
};

}  // namespace

std::string Orders::text() const {
  std::string text;
  add(text, command);
  add(text, environment);
  add(text, folder);
  add(text, static_cast<std::int64_t>(ports.size()));
  for (const auto port : ports) add(text, port);
  add(text, limits.memory_bytes);
  add(text, limits.temporary_bytes);
  add(text, limits.processes);
  add(text, limits.open_files);
  add(text, limits.cpus);
  add(text, std::int64_t{watched});
  add(text, std::int64_t{network});
  return text;
}

Result<Orders> Orders::parse(std::string_view text) {
  Words words(text);
  Orders orders;
  orders.command = words.list();
  orders.environment = words.list();
  orders.folder = words.word();
  for (const auto& port : words.list()) {
    orders.ports.push_back(static_cast<std::uint16_t>(std::strtoul(port.c_str(), nullptr, 10)));
  }
  orders.limits.memory_bytes = words.number();
  orders.limits.temporary_bytes = words.number();
  orders.limits.processes = words.number();
  orders.limits.open_files = words.number();
  orders.limits.cpus = words.number();
  orders.watched = words.number() != 0;
  orders.network = words.number() != 0;
  if (!words.is_whole() || orders.command.empty()) return Fault::malformed("sandbox orders");
  return orders;
}

}  // namespace everseal::lambda::sandbox
