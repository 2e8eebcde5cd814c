//! What must hold of every programme, held to many that are made up: its forms say the same, no claim and no lapse of
//! time makes a colour greener, and float agrees with a second calculation.

mod colours;
mod draw;
mod floats;
mod forms;
mod garbage;
mod generate;
mod programme;
mod reading;
