#include "services/s3/memory_storage.h"

#include <algorithm>
#include <utility>

namespace everseal::s3 {
namespace {

constexpr std::size_t piece_size = 256 * 1024;

class MemoryReader final : public StoredReader {
 public:
  explicit MemoryReader(std::shared_ptr<const MemoryStorage::Pieces> pieces)
      : pieces_(std::move(pieces)) {}

  Result<std::size_t> read_at(std::uint64_t offset, std::span<std::uint8_t> space) override {
    std::size_t taken = 0;
    while (taken < space.size()) {
      const auto index = (offset + taken) / piece_size;
      if (index >= pieces_->size()) break;
      const ByteView piece((*pieces_)[index]);
      const auto start = (offset + taken) % piece_size;
      if (start >= piece.size()) break;
      const auto count = std::min(space.size() - taken, piece.size() - start);
      std::ranges::copy(piece.subspan(start, count), space.subspan(taken).begin());
      taken += count;
    }
    return taken;
  }

 private:
  std::shared_ptr<const MemoryStorage::Pieces> pieces_;
};

}  // namespace

class MemoryWriter final : public StoredWriter {
 public:
  MemoryWriter(MemoryStorage& storage, std::string name)
      : storage_(storage), name_(std::move(name)) {}

  Outcome append(ByteView octets) override {
    while (!octets.empty()) {
      if (pieces_.empty() || pieces_.back().size() == piece_size) pieces_.emplace_back();
      auto& piece = pieces_.back();
      const auto count = std::min(octets.size(), piece_size - piece.size());
      piece.insert(piece.end(), octets.begin(),
                   octets.begin() + static_cast<std::ptrdiff_t>(count));
      octets = octets.subspan(count);
    }
    return {};
  }
  Outcome publish() override {
    storage_.publish(name_, std::move(pieces_));
    return {};
  }

 private:
  MemoryStorage& storage_;
  std::string name_;
  MemoryStorage::Pieces pieces_;
};

void MemoryStorage::publish(const std::string& name, Pieces pieces) {
  auto file = std::make_shared<const Pieces>(std::move(pieces));
  const std::lock_guard lock(mutex_);
  files_[name] = std::move(file);
}

Result<std::unique_ptr<StoredWriter>> MemoryStorage::create(std::string_view name) {
  return std::make_unique<MemoryWriter>(*this, std::string(name));
}

Result<std::unique_ptr<StoredReader>> MemoryStorage::open(std::string_view name) {
  const std::lock_guard lock(mutex_);
  const auto found = files_.find(name);
  if (found == files_.end()) return Fault::conflict("there is no file " + std::string(name));
  return std::make_unique<MemoryReader>(found->second);
}

Outcome MemoryStorage::remove(std::string_view name) {
  const std::lock_guard lock(mutex_);
  if (const auto found = files_.find(name); found != files_.end()) files_.erase(found);
  return {};
}

Result<std::vector<std::string>> MemoryStorage::names(std::string_view two_digits) {
  const std::lock_guard lock(mutex_);
  std::vector<std::string> found;
  for (auto file = files_.lower_bound(two_digits);
       file != files_.end() && file->first.starts_with(two_digits); ++file) {
    found.push_back(file->first);
  }
  return found;
}

void MemoryStorage::damage(std::string_view name, std::size_t offset) {
  const std::lock_guard lock(mutex_);
  auto& file = files_.find(name)->second;
  auto pieces = *file;
  pieces.at(offset / piece_size).at(offset % piece_size) ^= 1;
  file = std::make_shared<const Pieces>(std::move(pieces));
}

std::size_t MemoryStorage::size() const {
  const std::lock_guard lock(mutex_);
  return files_.size();
}

}  // namespace everseal::s3
