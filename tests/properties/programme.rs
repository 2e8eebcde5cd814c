//! A programme as plain data: what somebody wants to say, before it is written in any form.

use milepost::model::reference::Kind;

/// What a field holds.
#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    Text(String),
    List(Vec<Value>),
    Map(Vec<(&'static str, Value)>),
}

/// One record. A criterion is one of its own, with `gate` and `text`: each form has its place for it.
#[derive(Debug, Clone, PartialEq)]
pub struct Record {
    pub kind: Kind,
    pub id: String,
    pub fields: Vec<(&'static str, Value)>,
}

#[derive(Debug, Clone, PartialEq)]
pub struct Programme {
    /// What stands in `programme.yaml`.
    pub settings: Record,
    pub records: Vec<Record>,
}

impl From<&str> for Value {
    fn from(text: &str) -> Value {
        Value::Text(text.to_string())
    }
}

impl From<String> for Value {
    fn from(text: String) -> Value {
        Value::Text(text)
    }
}

impl From<Vec<String>> for Value {
    fn from(texts: Vec<String>) -> Value {
        Value::List(texts.into_iter().map(Value::Text).collect())
    }
}

impl Value {
    /// The texts of a text or a list of them; None of anything that has keys.
    pub fn texts(&self) -> Option<Vec<&str>> {
        match self {
            Value::Text(text) => Some(vec![text]),
            Value::List(values) => values.iter().map(|value| Some(*value.texts()?.first()?)).collect(),
            Value::Map(_) => None,
        }
    }
}

impl Record {
    pub fn new(kind: Kind, id: impl Into<String>) -> Record {
        Record { kind, id: id.into(), fields: Vec::new() }
    }

    pub fn get(&self, name: &str) -> Option<&Value> {
        self.fields.iter().find(|(field, _)| *field == name).map(|(_, value)| value)
    }

    pub fn text(&self, name: &str) -> Option<&str> {
        match self.get(name)? {
            Value::Text(text) => Some(text),
            Value::List(_) | Value::Map(_) => None,
        }
    }

    /// Writes a field, or writes it anew.
    pub fn set(&mut self, name: &'static str, value: impl Into<Value>) {
        self.take(name);
        self.fields.push((name, value.into()));
    }

    pub fn with(mut self, name: &'static str, value: impl Into<Value>) -> Record {
        self.set(name, value);
        self
    }

    pub fn take(&mut self, name: &str) -> Option<Value> {
        let position = self.fields.iter().position(|(field, _)| *field == name)?;
        Some(self.fields.remove(position).1)
    }
}

impl Programme {
    pub fn of(&self, kind: Kind) -> impl Iterator<Item = &Record> {
        self.records.iter().filter(move |record| record.kind == kind)
    }

    pub fn of_mut(&mut self, kind: Kind) -> impl Iterator<Item = &mut Record> {
        self.records.iter_mut().filter(move |record| record.kind == kind)
    }
}
