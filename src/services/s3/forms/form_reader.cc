#include "services/s3/forms/form_reader.h"

#include <algorithm>
#include <cctype>
#include <utility>

#include "encoding/ascii.h"
#include "services/s3/forms/form_errors.h"
#include "services/s3/values/errors.h"

namespace everseal::s3 {
namespace {

constexpr std::size_t longest_boundary = 70;  // RFC 2046, 5.1.1

// The value of name= or name="..." in a header; the name in lower case.
std::optional<std::string> parameter(std::string_view header, std::string_view name) {
  const auto lowered = encoding::lower_case(header);
  for (auto at = lowered.find(name); at != lowered.npos; at = lowered.find(name, at + 1)) {
    const auto after = at + name.size();
    const bool begins = at > 0 && (lowered[at - 1] == ' ' || lowered[at - 1] == ';');
    if (!begins || after >= header.size() || header[after] != '=') continue;
    auto value = header.substr(after + 1);
    if (!value.starts_with('"')) return std::string(value.substr(0, value.find_first_of("; \t")));
    value.remove_prefix(1);
    return std::string(value.substr(0, value.find('"')));
  }
  return std::nullopt;
}

// The header of that name among the lines.
std::string_view header_in(std::string_view lines, std::string_view name) {
  while (!lines.empty()) {
    const auto line = lines.substr(0, lines.find("\r\n"));
    lines.remove_prefix(std::min(line.size() + 2, lines.size()));
    const auto colon = line.find(':');
    if (colon != line.npos && encoding::lower_case(line.substr(0, colon)) == name)
      return line.substr(colon + 1);
  }
  return {};
}

}  // namespace

FormReader::FormReader(std::string boundary, Listener listener)
    : boundary_("\r\n--" + std::move(boundary)), listener_(std::move(listener)) {}

Result<FormReader, ApiError> FormReader::of_type(std::string_view content_type, Listener listener) {
  const bool is_form = encoding::lower_case(content_type).starts_with("multipart/form-data");
  auto boundary = is_form ? parameter(content_type, "boundary") : std::nullopt;
  if (!boundary || boundary->empty() || boundary->size() > longest_boundary) return not_a_form();
  return FormReader(*std::move(boundary), std::move(listener));
}

Result<void, ApiError> FormReader::write(ByteView piece) {
  if (state_ == State::Ended) return {};
  buffer_.append(as_text(piece));
  for (;;) {
    const auto went_on = step();
    if (!went_on) return went_on.error();
    if (*went_on) continue;
    const bool is_before_file = state_ != State::File && state_ != State::Ended;
    if (is_before_file && before_file_ + buffer_.size() > most_octets) return too_long_a_form();
    return {};
  }
}

Result<void, ApiError> FormReader::finish() const {
  if (state_ != State::Ended) return malformed_form();
  if (!has_file_) {
    return invalid_argument("file", "0", "POST requires exactly one file upload per request.");
  }
  return {};
}

Result<bool, ApiError> FormReader::step() {
  switch (state_) {
    case State::Preamble: {
      const auto at = buffer_.find(boundary_);
      if (at == buffer_.npos) return false;
      buffer_.erase(0, at + boundary_.size());
      state_ = State::AfterBoundary;
      return true;
    }
    case State::AfterBoundary:
      return read_after_boundary();
    case State::Head:
      return read_head();
    case State::Field:
      return read_field();
    case State::File:
      return read_file();
    case State::Ended:
      break;
  }
  buffer_.clear();
  return false;
}

Result<bool, ApiError> FormReader::read_after_boundary() {
  if (buffer_.size() < 2) return false;
  if (buffer_.starts_with("--")) {
    state_ = State::Ended;
    return true;
  }
  if (!buffer_.starts_with("\r\n")) return malformed_form();
  state_ = State::Head;
  return true;
}

// The line break before the first header is still there: a part without headers has two.
Result<bool, ApiError> FormReader::read_head() {
  const auto end = buffer_.find("\r\n\r\n");
  if (end == buffer_.npos) return false;
  const auto lines = std::string_view(buffer_).substr(2, end < 2 ? 0 : end - 2);
  const auto disposition = header_in(lines, "content-disposition");
  const auto name = parameter(disposition, "name");
  if (!name) return malformed_form();
  name_ = encoding::lower_case(*name);
  auto file_name = parameter(disposition, "filename").value_or("");
  before_file_ += end;
  if (before_file_ > most_octets) return too_long_a_form();
  buffer_.erase(0, end + 4);
  state_ = name_ == "file" ? State::File : State::Field;
  if (state_ == State::Field) return true;
  has_file_ = true;
  const auto begun = listener_.begin(std::move(fields_), std::move(file_name));
  if (!begun) return begun.error();
  return true;
}

Result<bool, ApiError> FormReader::read_field() {
  const auto end = buffer_.find(boundary_);
  if (end == buffer_.npos) return false;
  before_file_ += end;
  if (before_file_ > most_octets) return too_long_a_form();
  fields_[name_] = buffer_.substr(0, end);
  buffer_.erase(0, end + boundary_.size());
  state_ = State::AfterBoundary;
  return true;
}

// What may be the beginning of a boundary waits for the rest of it.
Result<bool, ApiError> FormReader::read_file() {
  const auto end = buffer_.find(boundary_);
  const auto sure = buffer_.size() - std::min(boundary_.size() - 1, buffer_.size());
  const auto count = end == buffer_.npos ? sure : end;
  if (count > 0) {
    const auto taken = listener_.append(as_bytes(std::string_view(buffer_).substr(0, count)));
    if (!taken) return taken.error();
  }
  const bool has_ended = end != buffer_.npos;
  buffer_.erase(0, count);
  if (!has_ended) return false;
  state_ = State::Ended;
  return true;
}

}  // namespace everseal::s3
