#include "sql/sqlite/memory_file.h"

#include <sqlite3.h>

#include <algorithm>
#include <cstring>

namespace everseal::sql::sqlite {

bool MemoryOctets::read(std::uint8_t* out, std::size_t count, std::size_t offset) const {
  const std::shared_lock lock(mutex_);
  const std::size_t there = offset < size_ ? std::min(count, size_ - offset) : 0;
  for (std::size_t done = 0; done < there;) {
    const auto at = (offset + done) % Chunk{}.size();
    const auto step = std::min(there - done, Chunk{}.size() - at);
    std::memcpy(out + done, chunks_[(offset + done) / Chunk{}.size()]->data() + at, step);
    done += step;
  }
  std::memset(out + there, 0, count - there);
  return there == count;
}

void MemoryOctets::write(const std::uint8_t* from, std::size_t count, std::size_t offset) {
  const std::unique_lock lock(mutex_);
  size_ = std::max(size_, offset + count);
  while (chunks_.size() * Chunk{}.size() < size_) chunks_.push_back(std::make_unique<Chunk>());
  for (std::size_t done = 0; done < count;) {
    const auto at = (offset + done) % Chunk{}.size();
    const auto step = std::min(count - done, Chunk{}.size() - at);
    std::memcpy(chunks_[(offset + done) / Chunk{}.size()]->data() + at, from + done, step);
    done += step;
  }
}

void MemoryOctets::truncate(std::size_t size) {
  const std::unique_lock lock(mutex_);
  if (size >= size_) return;
  size_ = size;
  chunks_.resize((size + Chunk{}.size() - 1) / Chunk{}.size());
  const auto kept = size % Chunk{}.size();
  if (kept != 0)
    std::fill(chunks_.back()->begin() + static_cast<std::ptrdiff_t>(kept), chunks_.back()->end(),
              std::uint8_t{0});
}

std::size_t MemoryOctets::size() const {
  const std::shared_lock lock(mutex_);
  return size_;
}

int FileLocks::raise(const void* holder, int held, int wanted, int& now) {
  const std::scoped_lock lock(mutex_);
  now = held;
  if (wanted <= held) return SQLITE_OK;
  const bool other_writes = writer_ != nullptr && writer_ != holder;
  if (wanted == SQLITE_LOCK_SHARED) {
    if (newcomers_refused_) return SQLITE_BUSY;
    ++shared_;
    now = wanted;
    return SQLITE_OK;
  }
  if (other_writes) return SQLITE_BUSY;
  writer_ = holder;
  now = wanted;
  if (wanted == SQLITE_LOCK_RESERVED) return SQLITE_OK;
  newcomers_refused_ = true;
  if (shared_ <= 1) return SQLITE_OK;
  now = SQLITE_LOCK_PENDING;
  return SQLITE_BUSY;
}

void FileLocks::lower(const void* holder, int held, int wanted) {
  const std::scoped_lock lock(mutex_);
  if (wanted >= held) return;
  if (writer_ == holder) {
    writer_ = nullptr;
    newcomers_refused_ = false;
  }
  if (wanted == SQLITE_LOCK_NONE) --shared_;
}

bool FileLocks::reserved() const {
  const std::scoped_lock lock(mutex_);
  return writer_ != nullptr;
}

volatile void* SharedIndex::region(std::size_t number, std::size_t size, bool extend) {
  const std::scoped_lock lock(mutex_);
  if (number >= regions_.size() && !extend) return nullptr;
  while (regions_.size() <= number) regions_.push_back(std::make_unique<std::uint8_t[]>(size));
  return regions_[number].get();
}

int SharedIndex::lock_shared(int first, Held& held) {
  const std::scoped_lock lock(mutex_);
  const unsigned bit = 1U << first;
  if (((held.shared | held.exclusive) & bit) != 0) return SQLITE_OK;
  auto& state = locks_.at(static_cast<std::size_t>(first));
  if (state < 0) return SQLITE_BUSY;
  ++state;
  held.shared |= bit;
  return SQLITE_OK;
}

int SharedIndex::lock_exclusive(int first, int count, Held& held) {
  const std::scoped_lock lock(mutex_);
  for (int at = first; at < first + count; ++at) {
    const bool own = (held.exclusive & (1U << at)) != 0;
    if (!own && locks_.at(static_cast<std::size_t>(at)) != 0) return SQLITE_BUSY;
  }
  for (int at = first; at < first + count; ++at) {
    locks_.at(static_cast<std::size_t>(at)) = -1;
    held.exclusive |= 1U << at;
  }
  return SQLITE_OK;
}

void SharedIndex::unlock(int first, int count, Held& held) {
  const std::scoped_lock lock(mutex_);
  for (int at = first; at < first + count; ++at) {
    const unsigned bit = 1U << at;
    auto& state = locks_.at(static_cast<std::size_t>(at));
    if ((held.exclusive & bit) != 0) {
      state = 0;
    } else if ((held.shared & bit) != 0) {
      --state;
    }
    held.exclusive &= ~bit;
    held.shared &= ~bit;
  }
}

void SharedIndex::drop_regions() {
  const std::scoped_lock lock(mutex_);
  regions_.clear();
}

}  // namespace everseal::sql::sqlite
