//! What was made before, by what it was made from; forgets what the last build did not use.

use std::collections::HashMap;
use std::hash::Hash;
use std::sync::{Mutex, MutexGuard, PoisonError};

/// Results by their arguments. May be used from several threads; two that ask for one thing at once may both make it.
#[derive(Debug)]
pub struct Memo<Key, Value> {
    entries: Mutex<HashMap<Key, Entry<Value>>>,
}

#[derive(Debug)]
struct Entry<Value> {
    value: Value,
    used: bool,
}

impl<Key, Value> Default for Memo<Key, Value> {
    fn default() -> Memo<Key, Value> {
        Memo { entries: Mutex::new(HashMap::new()) }
    }
}

impl<Key: Eq + Hash, Value: Clone> Memo<Key, Value> {
    /// What was made from `key` before, else what `make` makes.
    pub fn get(&self, key: Key, make: impl FnOnce(&Key) -> Value) -> Value {
        if let Some(entry) = self.entries().get_mut(&key) {
            entry.used = true;
            return entry.value.clone();
        }
        // Made without the lock: others need not wait.
        let value = make(&key);
        self.entries().insert(key, Entry { value: value.clone(), used: true });
        value
    }

    /// Ends a build: what it did not use is forgotten.
    pub fn forget_unused(&self) {
        self.entries().retain(|_, entry| std::mem::take(&mut entry.used));
    }

    pub fn len(&self) -> usize {
        self.entries().len()
    }

    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    fn entries(&self) -> MutexGuard<'_, HashMap<Key, Entry<Value>>> {
        // An entry is whole or not there, so a panic elsewhere leaves nothing half-made.
        self.entries.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::Memo;

    #[test]
    fn used_is_remembered_and_unused_is_forgotten() {
        let memo = Memo::default();
        assert_eq!(memo.get("a", |key| key.len()), 1);
        assert_eq!(memo.get("a", |_| 99), 1);
        memo.get("b", |_| 2);
        memo.forget_unused();
        assert_eq!(memo.get("a", |_| 99), 1);
        memo.forget_unused();
        assert_eq!(memo.len(), 1);
        assert_eq!(memo.get("b", |_| 99), 99);
    }
}
