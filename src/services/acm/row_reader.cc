#include "services/acm/row_reader.h"

namespace everseal::acm {

std::vector<std::string> RowReader::lines() {
  const auto text = maybe_text();
  return text ? split_lines(*text) : std::vector<std::string>{};
}

std::string joined_lines(const std::vector<std::string>& lines) {
  std::string text;
  for (const auto& line : lines) {
    if (!text.empty()) text += '\n';
    text += line;
  }
  return text;
}

std::vector<std::string> split_lines(std::string_view text) {
  std::vector<std::string> lines;
  while (!text.empty()) {
    const auto end = text.find('\n');
    lines.emplace_back(text.substr(0, end));
    text.remove_prefix(end == text.npos ? text.size() : end + 1);
  }
  return lines;
}

}  // namespace everseal::acm
